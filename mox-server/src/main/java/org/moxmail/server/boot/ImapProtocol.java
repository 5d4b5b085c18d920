package org.moxmail.server.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.moxmail.imap.server.ImapConnection;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapServer;
import org.moxmail.server.limits.Admission;
import org.moxmail.server.trace.ConnectionIds;

/** Connections for an IMAP engine. */
record ImapProtocol(ImapServer server, Admission admission) implements Protocol {
    @Override
    public boolean logins() {
        return true;
    }

    @Override
    public String refusal(Admission.Reason reason) {
        return "* BYE " + reason.text() + "\r\n";
    }

    @Override
    public ConnectionHandler open(Connection connection) throws IOException {
        Socket socket = connection.socket();
        ImapPeer peer = new ImapPeer(
                ConnectionIds.print(connection.id()),
                (InetSocketAddress) socket.getRemoteSocketAddress(),
                (InetSocketAddress) socket.getLocalSocketAddress());
        return new Handler(server.adopt(socket, peer));
    }

    private record Handler(ImapConnection served) implements ConnectionHandler {
        @Override
        public void run() {
            served.run();
        }

        @Override
        public boolean isEstablished() {
            return served.isLoggedIn();
        }

        @Override
        public void shutDown() {
            served.shutDown();
        }

        @Override
        public void close() {
            served.abort();
        }
    }
}
