package org.moxmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.message.mailbox.Refusal;

class StorageRepliesTest {
    @ParameterizedTest
    @CsvSource({
        "No space left on device, 452 4.3.1",
        "Disk quota exceeded, 452 4.3.1",
        "There is not enough space on the disk, 452 4.3.1",
        "Input/output error, 451 4.3.0",
    })
    void aFullDiskIsToldFromABrokenOne(String message, String expected) {
        assertEquals(expected, code(new IOException(message)));
        assertEquals(expected, code(new FileSystemException("/some/file", null, message)));
        assertEquals(expected, code(new IOException("wrapped", new IOException(message))));
    }

    private static String code(IOException failure) {
        var reply = StorageReplies.of(failure);
        return reply.code() + " " + reply.enhanced();
    }

    @Test
    void aFullMailboxIsTemporary() {
        assertEquals(
                "4.2.2", String.valueOf(StorageReplies.of(Refusal.OVER_QUOTA).enhanced()));
        assertEquals("4.3.0", String.valueOf(StorageReplies.of(Refusal.LIMIT).enhanced()));
    }
}
