package org.moxmail.server.cli;

import java.io.PrintStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;

/** Tells a developer how to reach the server: lines to copy. */
final class ConnectInstructions {
    private final ServerSettings settings;
    private final MoxServer server;

    ConnectInstructions(ServerSettings settings, MoxServer server) {
        this.settings = settings;
        this.server = server;
    }

    void print(PrintStream out) {
        out.println("mox is serving. Mail to any address at all lands in one Inbox.");
        out.println();
        out.println("  user         " + Localserve.ADDRESS);
        out.println("  password     " + Localserve.PASSWORD);
        out.println("  directory    " + settings.directory());
        out.println("  certificate  " + MoxServer.certificateFile(settings));
        out.println();
        listener(out, "SMTP", "smtp", "STARTTLS, no login");
        listener(out, "submission", "submission", "STARTTLS, login");
        listener(out, "submissions", "submissions", "TLS, login");
        listener(out, "IMAP", "imap", "STARTTLS, login");
        listener(out, "IMAPS", "imaps", "TLS, login");
        out.println();
        examples(out);
        out.println();
        out.println("Stop it with Ctrl-C.");
        out.flush();
    }

    private void listener(PrintStream out, String title, String name, String remark) {
        List<String> addresses = server.addresses().stream()
                .filter(bound -> bound.listener().equals(name))
                .map(bound -> print(bound.address()))
                .toList();
        out.println("  " + pad(title, 13) + pad(String.join(", ", addresses), 34) + remark);
    }

    private void examples(PrintStream out) {
        String login = " --auth-user " + Localserve.ADDRESS + " --auth-password " + Localserve.PASSWORD;
        String curlLogin = " -u " + Localserve.ADDRESS + ":" + Localserve.PASSWORD;
        out.println("Send:");
        out.println("  swaks --to you@localhost --server " + first("smtp"));
        out.println("  swaks --to you@localhost --from " + Localserve.ADDRESS + " --server " + first("submission")
                + " --tls --auth PLAIN" + login);
        out.println("Read:");
        out.println("  curl -k 'imaps://" + first("imaps") + "/INBOX' -X 'STATUS INBOX (MESSAGES)'" + curlLogin);
        out.println("  curl -k 'imaps://" + first("imaps") + "/INBOX;MAILINDEX=1'" + curlLogin);
    }

    private String first(String listener) {
        return print(server.address(listener));
    }

    private static String print(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        return (ipv6 ? "[" + (host.equals("0:0:0:0:0:0:0:1") ? "::1" : host) + "]" : host) + ":" + address.getPort();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(2, width - text.length()));
    }
}
