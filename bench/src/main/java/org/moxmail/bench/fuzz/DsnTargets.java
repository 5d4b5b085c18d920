package org.moxmail.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.MessageContent;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.dsn.DeliveryStatus;
import org.moxmail.message.dsn.Dsn;
import org.moxmail.message.dsn.DsnComposer;
import org.moxmail.message.dsn.DsnLeniency;
import org.moxmail.message.dsn.DsnLimits;
import org.moxmail.message.dsn.DsnReader;
import org.moxmail.message.dsn.DsnReading;

/** The delivery status notifications of mox-message. */
final class DsnTargets {
    private static final List<DsnComposer.Return> RETURNS = List.of(DsnComposer.Return.values());
    private static final DsnLimits NARROW = new DsnLimits(700, 3, 8, 100);

    private static final String STATUS =
            "Reporting-MTA: dns; a.example\r\nArrival-Date: 1 Jan 2026 00:00 +0000 (UTC)\r\n"
                    + "\r\nOriginal-Recipient: rfc822;joe@b.example\r\nFinal-Recipient: utf-8; j\\x{F6}@b.example\r\nAction: delayed\r\n"
                    + "Status: 4.4.1 (no (answer))\r\nRemote-MTA: dns; mx.b.example (192.0.2.1)\r\n"
                    + "Diagnostic-Code: smtp; 421 4.4.1\r\n no\r\nLocalized-Diagnostic: de; nein, \u00fc\r\n"
                    + "Will-Retry-Until: 2 Jan 2026 00:00 +0000\r\n";

    private static final String STATUS_TOKENS = " Reporting-MTA: Original-Recipient: Final-Recipient: Action: Status:"
            + " Remote-MTA: Diagnostic-Code: Localized-Diagnostic: Will-Retry-Until: Final-Log-ID: Last-Attempt-Date:"
            + " DSN-Gateway: X-Y: rfc822; utf-8; dns; smtp; failed delayed delivered 5.1.1 2.0.0 550 \\x{F6} \\x{1F600} ("
            + " ) < > \" \\ =?utf-8?q?=C3=A9?= \\r\\n \\n \\r\\n\\r\\n \\s \\0 \u00e9 \ud83d\ude00 a@b.example";

    private DsnTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of(
                        "dsn-status",
                        STATUS_TOKENS,
                        List.of(STATUS, "Reporting-MTA: x; y\n\nFinal-Recipient: <a@b>\nStatus: 5.0.0 no\n"),
                        DsnTargets::status),
                FuzzTarget.of(
                        "dsn-mail",
                        STATUS_TOKENS + " --b --b-- Content-Type: multipart/report multipart/mixed"
                                + " report-type=delivery-status message/delivery-status message/global-delivery-status"
                                + " message/rfc822 message/global message/global-headers text/rfc822-headers base64"
                                + " Content-Transfer-Encoding: quoted-printable",
                        List.of(
                                "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\n"
                                        + "hello\r\n--b\r\nContent-Type: message/global-delivery-status\r\n\r\n"
                                        + STATUS
                                        + "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b--\r\n"),
                        DsnTargets::mail),
                FuzzTarget.of(
                        "dsn-compose",
                        "Message-ID: References: Subject: < > <a@b> =?utf-8?q?=C3=A9?= \\r\\n \\n \\r \\0 \\s : --b"
                                + " Content-Type: multipart/mixed;boundary=b message/rfc822 \u00e9",
                        List.of("Subject: x\r\nMessage-ID: <a@b>\r\nReferences: <c@d>\r\n <e@f>\r\n\r\ntext\r\n"),
                        DsnTargets::compose));
    }

    private static int status(byte[] input, RandomGenerator random) throws SyntaxException {
        DsnLimits limits = random.nextInt(4) == 0 ? NARROW : DsnLimits.DEFAULT;
        DsnReading reading;
        try {
            reading = new DsnReader(limits, EnumSet.allOf(DsnLeniency.class)).status(input);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        DeliveryStatus status = reading.status();
        Texts.same("what is printed is read alike", status, DeliveryStatus.parse(Texts.octets(status.print(true))));
        Texts.same(
                "what is printed in ASCII is read alike",
                status.withAsciiText(),
                DeliveryStatus.parse(Texts.octets(status.print(false))));
        Texts.same("what was needed suffices", reading, new DsnReader(limits, reading.leniencies()).status(input));
        return 1 + 31 * status.recipients().size() + 127 * reading.leniencies().hashCode() % 997;
    }

    private static int mail(byte[] input, RandomGenerator random) throws IOException {
        try {
            Dsn dsn = Dsn.parse(MessageContent.of(input));
            return 1
                    + dsn.leniencies().size()
                    + 31 * dsn.originalHeader().fields().size()
                    + (dsn.returnedWhole() ? 1000 : 0);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
    }

    /** Whatever the original is, what is composed is a notification as the standard has it. */
    private static int compose(byte[] input, RandomGenerator random) throws IOException, SyntaxException {
        DeliveryStatus status = DeliveryStatus.parse(Texts.octets(STATUS));
        DsnComposer.Return part = RETURNS.get(random.nextInt(RETURNS.size()));
        ComposeOptions options = new ComposeOptions(random.nextBoolean(), random.nextBoolean(), Long.MAX_VALUE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DsnComposer(NamedAddress.of(Address.parse("postmaster@a.example")), Address.parse("ann@c.example"), status)
                .original(MessageContent.of(input), part)
                .write(new Composer(out, options, InstantSource.fixed(Instant.EPOCH), random));
        Dsn dsn = new DsnReader(DsnLimits.DEFAULT, Set.of()).parse(MessageContent.of(out.toByteArray()));
        Texts.same("the status", options.smtpUtf8() ? status : status.withAsciiText(), dsn.status());
        Texts.same(
                "returned", part != DsnComposer.Return.NOTHING, dsn.returned().isPresent());
        if (!options.eightBit()) {
            for (byte octet : out.toByteArray()) {
                Texts.same("seven bits", true, octet >= 0);
            }
        }
        return Texts.kind(part.name())
                + 3 * dsn.returned().map(p -> p.subtype().hashCode() % 1000).orElse(0);
    }
}
