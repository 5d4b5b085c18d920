package org.moxmail.server.boot;

import java.io.IOException;
import java.nio.file.Path;
import org.moxmail.server.log.Log;
import org.moxmail.server.log.StoreLog;
import org.moxmail.store.DataDirectoryException;
import org.moxmail.store.Store;
import org.moxmail.store.StoreException;
import org.moxmail.store.StoreOptions;

/** A server's accounts while no server runs, for maintenance. */
public final class OfflineData implements AutoCloseable {
    private final Path accounts;
    private final Store store;

    private OfflineData(Path accounts, Store store) {
        this.accounts = accounts;
        this.store = store;
    }

    /**
     * Takes the accounts in a server's directory.
     *
     * @throws StartException when there are none, or a server has them
     */
    public static OfflineData open(Path directory, Environment environment) throws StartException {
        Path accounts = DataDirectory.accounts(directory);
        try {
            if (!environment.files().isDirectory(accounts)) {
                throw new StartException("there is no mail in " + directory);
            }
            StoreOptions options = new StoreOptions(
                    EngineLimits.DEFAULT.store(),
                    environment.timing(),
                    environment.threads(),
                    environment.files(),
                    environment.engine(),
                    new StoreLog(Log.of("store")),
                    StoreOptions.defaultMailboxes());
            return new OfflineData(accounts, Store.open(accounts, options));
        } catch (DataDirectoryException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException | StoreException e) {
            throw new StartException("can't use directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The accounts. */
    public Store store() {
        return store;
    }

    /** Where they are. */
    public Path path() {
        return accounts;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
