package org.moxmail.server.boot;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.moxmail.server.files.PrivateFile;
import org.moxmail.server.log.Log;
import org.moxmail.server.log.StoreLog;
import org.moxmail.server.tls.Certificates;
import org.moxmail.server.tls.IdentityFiles;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.store.DataDirectoryException;
import org.moxmail.store.Store;
import org.moxmail.store.StoreException;
import org.moxmail.store.StoreOptions;

/** Everything that a server keeps: accounts, keys, certificates. One process has it at a time. */
final class DataDirectory implements AutoCloseable {
    private static final int UNKNOWN_USER_KEY = 32;

    private final Path directory;
    private final Environment environment;
    private final Store store;

    private DataDirectory(Path directory, Environment environment, Store store) {
        this.directory = directory;
        this.environment = environment;
        this.store = store;
    }

    /** Takes the directory, and makes what is missing. */
    static DataDirectory open(ServerSettings settings, Environment environment, Log log) throws StartException {
        Path directory = settings.directory();
        try {
            PrivateFile.makeDirectory(directory);
            StoreOptions options = new StoreOptions(
                    settings.engines().store(),
                    environment.timing(),
                    environment.threads(),
                    environment.files(),
                    environment.engine(),
                    new StoreLog(log),
                    StoreOptions.defaultMailboxes());
            return new DataDirectory(directory, environment, Store.open(accounts(directory), options));
        } catch (DataDirectoryException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException | StoreException e) {
            throw failure(directory, e);
        }
    }

    /** Where the store has its files. */
    static Path accounts(Path directory) {
        return directory.resolve("data");
    }

    private static StartException failure(Path directory, Exception e) {
        String reason =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : describe(e);
        return new StartException("can't use directory " + directory + ": " + reason, e);
    }

    private static String describe(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileAlreadyExistsException
                ? "it is a file, not a directory"
                : String.valueOf(e.getMessage());
    }

    Store store() {
        return store;
    }

    ReceivedIds receivedIds() throws StartException {
        try {
            return ReceivedIds.open(directory.resolve("receivedid.key"), environment.random());
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** A secret with which users who don't exist are invented, the same after each start. */
    byte[] unknownUserKey() throws StartException {
        Path file = directory.resolve("unknownusers.key");
        try {
            byte[] key = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            if (key.length != UNKNOWN_USER_KEY) {
                key = new byte[UNKNOWN_USER_KEY];
                environment.random().nextBytes(key);
                PrivateFile.write(file, key);
            }
            return key;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    static IdentityFiles identityFiles(ServerSettings settings) {
        return new IdentityFiles(
                settings.directory().resolve("tls"), settings.hostName().ascii());
    }

    Certificates certificates(ServerSettings settings) throws StartException {
        try {
            var identity = identityFiles(settings)
                    .loadOrMake(
                            settings.certificateNames(), environment.timing().instant(), environment.random());
            return new Certificates(Map.of(settings.hostName().ascii(), identity), identity, environment.random());
        } catch (IOException e) {
            throw failure(directory, e);
        } catch (GeneralSecurityException e) {
            throw new StartException("can't use the certificate in " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
