package org.moxmail.store.kv;

import java.util.concurrent.atomic.AtomicInteger;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.FileDataReader;
import jetbrains.exodus.io.FileDataReaderWriterProvider;
import jetbrains.exodus.io.FileDataWriter;

/** The disk under Xodus, with its syncs counted and failing on demand. Xodus makes it by its class name. */
public final class CountingDisk extends FileDataReaderWriterProvider {
    static final AtomicInteger SYNCS = new AtomicInteger();
    static final AtomicInteger WRITES_UNTIL_FAILURE = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    protected FileDataWriter newFileDataWriter(String location, DataReader reader) {
        return new Writer((FileDataReader) reader);
    }

    private static final class Writer extends FileDataWriter {
        Writer(FileDataReader reader) {
            super(reader);
        }

        @Override
        public Block write(byte[] octets, int offset, int length) {
            if (WRITES_UNTIL_FAILURE.decrementAndGet() < 0) {
                throw new ExodusException("No space left on device");
            }
            return super.write(octets, offset, length);
        }

        @Override
        protected void syncImpl() {
            SYNCS.incrementAndGet();
            super.syncImpl();
        }
    }
}
