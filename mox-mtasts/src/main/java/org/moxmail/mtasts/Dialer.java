package org.moxmail.mtasts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connects over TCP. */
public interface Dialer {
    /** Connects within {@code timeout}. The caller closes the socket. */
    Socket dial(InetSocketAddress address, Duration timeout) throws IOException;

    /** Connects with the machine's own network. */
    static Dialer direct() {
        return (address, timeout) -> {
            Socket socket = new Socket();
            try {
                socket.connect(address, (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
                return socket;
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        };
    }
}
