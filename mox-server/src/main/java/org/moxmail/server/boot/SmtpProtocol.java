package org.moxmail.server.boot;

import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.moxmail.server.limits.Admission;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpConnection;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpReplies;
import org.moxmail.smtp.server.SmtpServer;

/** Connections for an SMTP engine. */
record SmtpProtocol(SmtpServer server, Admission admission, boolean logins, ReceivedIds ids) implements Protocol {
    @Override
    public String refusal(Admission.Reason reason) {
        SmtpReply reply = switch (reason) {
            case SHUTTING_DOWN -> SmtpReplies.SHUTTING_DOWN;
            case RATE, FAILED_LOGINS, OPEN_CONNECTIONS -> SmtpReply.of(421, "4.7.0", reason.text());
        };
        return reply.print();
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        Socket socket = connection.socket();
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
        String id = ids.print(connection.id());
        SmtpConnection served = socket instanceof SSLSocket tls
                ? server.connection(tls, connection.transport(), new SmtpPeer(id, remote, local, tls.getSession()))
                : server.connection(socket, new SmtpPeer(id, remote, local, null));
        return new Handler(served);
    }

    private record Handler(SmtpConnection served) implements ConnectionHandler {
        @Override
        public void run() throws InterruptedException {
            served.run();
        }

        @Override
        public boolean isEstablished() {
            return served.isGreeted();
        }

        @Override
        public void shutDown() {
            served.shutdown();
        }

        @Override
        public void close() {
            served.close();
        }
    }
}
