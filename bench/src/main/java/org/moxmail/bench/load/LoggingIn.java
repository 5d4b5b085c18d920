package org.moxmail.bench.load;

import java.io.IOException;

/** Connects, logs in and logs out, again and again. */
public final class LoggingIn implements Worker {
    private final Imap.Login login;
    private final int number;

    /** @param number of the client, which chooses its source address */
    public LoggingIn(Imap.Login login, int number) {
        this.login = login;
        this.number = number;
    }

    @Override
    public void once() throws IOException {
        Imap.login(login, number, false).logout();
    }

    @Override
    public void close() {
        // Every connection is over when it is counted.
    }
}
