package org.moxmail.bench.standards;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.moxmail.dkim.Auid;
import org.moxmail.dkim.Canonicalization;
import org.moxmail.dkim.DkimKeyRecord;
import org.moxmail.dkim.DkimSelector;
import org.moxmail.dkim.DkimSigner;
import org.moxmail.dkim.SignedMessage;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/** Messages, signatures on them, and the keys' records. */
final class DkimMail {
    /** Octets of a letter that is a mail of some 4 KiB when it's signed. */
    static final int SMALL = 3400;

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

    private static final DnsName DOMAIN = domain();

    private DkimMail() {}

    private static DnsName domain() {
        try {
            return DnsName.parse("example.org");
        } catch (SyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A letter of about so many octets as servers hand it on, its text quoted in places, not signed. */
    static byte[] letter(int size) {
        var out = new ByteArrayOutputStream(size);
        out.writeBytes(ascii("Received: from mail.example.org (mail.example.org [192.0.2.1])\r\n"
                + "\tby mx.example.net with ESMTPS id 4Xyz1aB2cD3e for <bob@example.net>;\r\n"
                + "\tMon, 1 Jun 2026 00:00:00 +0000 (UTC)\r\n"
                + "From: Ann Example <ann@example.org>\r\n"
                + "To: Bob Example <bob@example.net>,\r\n  Carol Example <carol@example.net>\r\n"
                + "Cc: list@example.net\r\n"
                + "Reply-To: ann@example.org\r\n"
                + "Subject: What we spoke  about yesterday\r\n"
                + "Date: Mon, 1 Jun 2026 00:00:00 +0000\r\n"
                + "Message-ID: <20260601000000.1234@example.org>\r\n"
                + "In-Reply-To: <20260531120000.99@example.net>\r\n"
                + "References: <20260530120000.98@example.net>\r\n <20260531120000.99@example.net>\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 7bit\r\n"
                + "X-Mailer: Example 1.0\r\n\r\n"));
        byte[] paragraph = ascii("Thank you for the letter. I thought about it, and here is what I think:\r\n"
                + "> it was a long  sentence that somebody wrote and quoted, with two spaces\r\n"
                + "The answer is in the text below, and it's as long as lines of mail are. \r\n\r\n");
        while (out.size() < size) {
            out.writeBytes(paragraph);
        }
        out.writeBytes(ascii("Ann\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A selector that signs with relaxed header. */
    static DkimSelector selector(String name, KeyPair pair, Canonicalization body) {
        return new DkimSelector(
                name, pair.getPrivate(), Canonicalization.RELAXED, body, DkimSelector.HEADERS, true, Duration.ZERO);
    }

    /** The message with a signature by each selector in front. */
    static byte[] sign(byte[] message, List<DkimSelector> selectors) {
        try {
            String fields = new DkimSigner(DOMAIN, selectors, CLOCK)
                    .sign(SignedMessage.of(MessageContent.of(message)), Auid.of(DOMAIN), false);
            var out = new ByteArrayOutputStream(message.length + fields.length());
            out.writeBytes(ascii(fields));
            out.writeBytes(message);
            return out.toByteArray();
        } catch (IOException | SyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String record(PublicKey key) {
        return DkimKeyRecord.of(key).print();
    }

    /** A DNS in which each name has the same key. */
    static Resolver resolver(String record) {
        return resolver(name -> record);
    }

    /** A DNS in which each name has a key. */
    static Resolver resolver(UnaryOperator<String> records) {
        return new Resolver() {
            @Override
            @SuppressWarnings("unchecked") // nothing but TXT is asked for
            public <R> Answer<R> lookup(DnsName name, RecordType<R> type) {
                List<String> texts = List.of(records.apply(name.ascii()));
                return (Answer<R>) new Answer.Found<>(texts, name, false, Duration.ofHours(1));
            }
        };
    }
}
