package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.sasl.SaslServer;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ImapLogin;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.LoginResult;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;

/** Puts mail where a test wants it, through the engine's own interfaces. */
final class Fixtures {
    private static final Instant DATE = Instant.parse("2025-12-24T18:00:00Z");

    private Fixtures() {}

    /** Opens a user's mail as a client would. */
    static AccountMail login(TranscriptHost host) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 9}), 9);
        try (ImapLogin login = host.service().open(new ImapPeer("fixture", address, address))) {
            SaslServer exchange = login.start("PLAIN", null);
            exchange.evaluateResponse(("\0" + host.user() + "\0" + host.password()).getBytes(StandardCharsets.UTF_8));
            return switch (login.complete(exchange)) {
                case LoginResult.Accepted accepted -> accepted.mail();
                case LoginResult.Refused refused -> throw new IOException("login refused: " + refused.text());
            };
        }
    }

    static void mailbox(AccountMail mail, String name) throws IOException {
        MailboxName parsed = MailboxName.of(name);
        if (mail.write(view -> view.create(parsed, Set.of())) instanceof Outcome.Refused<List<MailboxInfo>> refused) {
            throw new IOException("no mailbox " + name + ": " + refused.refusal());
        }
    }

    static void messages(AccountMail mail, String mailbox, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            message(
                    mail,
                    mailbox,
                    "",
                    "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: message " + i
                            + "\r\nDate: Wed, 24 Dec 2025 18:00:00 +0000\r\n\r\nbody " + i + "\r\n");
        }
    }

    /** @param octets a char each */
    static void message(AccountMail mail, String mailbox, String flags, String octets) throws IOException {
        MailboxName name = MailboxName.of(mailbox);
        int bits = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : flags.isBlank() ? new String[0] : flags.split(" ")) {
            bits |= Flags.bit(word);
            if (Flags.bit(word) == 0) {
                keywords.add(word);
            }
        }
        Flags all = Flags.of(bits, keywords);
        try (Spool spool = mail.spool()) {
            try (OutputStream out = spool.out()) {
                out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
            }
            mail.write(view -> view.append(view.mailbox(name).orElseThrow().id(), spool, all, DATE));
        }
    }
}
