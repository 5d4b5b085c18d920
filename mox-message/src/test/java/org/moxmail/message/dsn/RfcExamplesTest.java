package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/**
 * The examples of RFC 3464, those notifications of RFC 3461, and what the grammar of RFC 6533 says, which has none. Where
 * an example's lines were wrapped or a delimiter indented when the RFC was made, they are as in RFC 1894.
 */
final class RfcExamplesTest {
    private static Dsn read(String mail) throws IOException, SyntaxException {
        String lines = mail.replace("\n", "\r\n");
        return Dsn.parse(MessageContent.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static DsnRecipient only(Dsn dsn) {
        assertEquals(1, dsn.status().recipients().size());
        return dsn.status().recipients().get(0);
    }

    private static DsnAddress rfc822(String address) {
        return new DsnAddress("rfc822", address);
    }

    /** RFC 3464 appendix E. */
    @Test
    void simpleDsn() throws Exception {
        Dsn dsn = read("""
                Date: Thu, 7 Jul 1994 17:16:05 -0400
                From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
                Message-Id: <199407072116.RAA14128@CS.UTK.EDU>
                Subject: Returned mail: Cannot send message for 5 days
                To: <owner-info-mime@cs.utk.edu>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                       boundary="RAA14128.773615765/CS.UTK.EDU"

                --RAA14128.773615765/CS.UTK.EDU

                The original message was received at Sat, 2 Jul 1994 17:10:28 -0400
                from root@localhost

                    ----- The following addresses had delivery problems -----
                <louisl@larry.slip.umd.edu>  (unrecoverable error)

                ----- Transcript of session follows -----
                <louisl@larry.slip.umd.edu>... Deferred: Connection timed out
                            with larry.slip.umd.edu.
                Message could not be delivered for 5 days
                Message will be deleted from queue

                --RAA14128.773615765/CS.UTK.EDU
                content-type: message/delivery-status

                Reporting-MTA: dns; cs.utk.edu

                Original-Recipient: rfc822;louisl@larry.slip.umd.edu
                Final-Recipient: rfc822;louisl@larry.slip.umd.edu
                Action: failed
                Status: 4.0.0
                Diagnostic-Code: smtp; 426 connection timed out
                Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

                --RAA14128.773615765/CS.UTK.EDU
                content-type: message/rfc822

                [original message goes here]
                --RAA14128.773615765/CS.UTK.EDU--
                """);
        DeliveryStatus expected = DeliveryStatus.builder(MtaName.dns("cs.utk.edu"))
                .recipient(DsnRecipient.builder(
                                rfc822("louisl@larry.slip.umd.edu"), DsnAction.FAILED, DsnStatus.parse("4.0.0"))
                        .originalRecipient(rfc822("louisl@larry.slip.umd.edu"))
                        .diagnosticCode(DiagnosticCode.smtp("426 connection timed out"))
                        .lastAttemptDate(OffsetDateTime.parse("1994-07-07T17:15:49-04:00"))
                        .build())
                .build();
        assertEquals(expected, dsn.status());
        assertEquals(Set.of(), dsn.leniencies());
        assertEquals(
                OptionalInt.of(426),
                Objects.requireNonNull(only(dsn).diagnosticCode()).smtpCode());
        assertTrue(dsn.explanation().isPresent());
        assertTrue(dsn.returnedWhole());
    }

    /** RFC 3464 appendix E. */
    @Test
    void multiRecipientDsn() throws Exception {
        Dsn dsn = read("""
                Date: Fri, 8 Jul 1994 09:21:47 -0400
                From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
                Subject: Returned mail: User unknown
                To: <owner-ups-mib@CS.UTK.EDU>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                       boundary="JAA13167.773673707/CS.UTK.EDU"

                --JAA13167.773673707/CS.UTK.EDU
                content-type: text/plain; charset=us-ascii

                       ----- The following addresses had delivery problems -----
                <arathib@vnet.ibm.com> (unrecoverable error)
                <wsnell@sdcc13.ucsd.edu> (unrecoverable error)

                --JAA13167.773673707/CS.UTK.EDU
                content-type: message/delivery-status

                Reporting-MTA: dns; cs.utk.edu

                Original-Recipient: rfc822;arathib@vnet.ibm.com
                Final-Recipient: rfc822;arathib@vnet.ibm.com
                Action: failed
                Status: 5.0.0 (permanent failure)
                Diagnostic-Code: smtp;  550 'arathib@vnet.IBM.COM' is not a
                 registered gateway user
                Remote-MTA: dns; vnet.ibm.com

                Original-Recipient: rfc822;johnh@hpnjld.njd.hp.com
                Final-Recipient: rfc822;johnh@hpnjld.njd.hp.com
                Action: delayed
                Status: 4.0.0 (hpnjld.njd.jp.com: host name lookup failure)

                Original-Recipient: rfc822;wsnell@sdcc13.ucsd.edu
                Final-Recipient: rfc822;wsnell@sdcc13.ucsd.edu
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 user unknown
                Remote-MTA: dns; sdcc13.ucsd.edu

                --JAA13167.773673707/CS.UTK.EDU
                content-type: message/rfc822

                [original message goes here]
                --JAA13167.773673707/CS.UTK.EDU--
                """);
        DeliveryStatus expected = DeliveryStatus.builder(MtaName.dns("cs.utk.edu"))
                .recipient(
                        DsnRecipient.builder(rfc822("arathib@vnet.ibm.com"), DsnAction.FAILED, DsnStatus.parse("5.0.0"))
                                .originalRecipient(rfc822("arathib@vnet.ibm.com"))
                                .statusComment("permanent failure")
                                .diagnosticCode(DiagnosticCode.smtp(
                                        "550 'arathib@vnet.IBM.COM' is not a registered gateway user"))
                                .remoteMta(MtaName.dns("vnet.ibm.com"))
                                .build())
                .recipient(DsnRecipient.builder(
                                rfc822("johnh@hpnjld.njd.hp.com"), DsnAction.DELAYED, DsnStatus.parse("4.0.0"))
                        .originalRecipient(rfc822("johnh@hpnjld.njd.hp.com"))
                        .statusComment("hpnjld.njd.jp.com: host name lookup failure")
                        .build())
                .recipient(DsnRecipient.builder(
                                rfc822("wsnell@sdcc13.ucsd.edu"), DsnAction.FAILED, DsnStatus.parse("5.0.0"))
                        .originalRecipient(rfc822("wsnell@sdcc13.ucsd.edu"))
                        .diagnosticCode(DiagnosticCode.smtp("550 user unknown"))
                        .remoteMta(MtaName.dns("sdcc13.ucsd.edu"))
                        .build())
                .build();
        assertEquals(expected, dsn.status());
        assertEquals(Set.of(), dsn.leniencies());
    }

    /** RFC 3464 appendix E. */
    @Test
    void dsnFromGatewayToForeignSystem() throws Exception {
        Dsn dsn = read("""
                Disclose-recipients: prohibited
                Date: Fri, 08 Jul 1994 09:21:25 -0400 (EDT)
                From: Message Router Submission Agent <AMMGR@corp.timeplex.com>
                Subject: Status of: Re: Battery current sense
                To: owner-ups-mib@CS.UTK.EDU
                Message-id: <01HEGJ0WNBY28Y95LN@mr.timeplex.com>
                MIME-version: 1.0
                content-type: multipart/report;
                    report-type=delivery-status;
                    boundary="84229080704991.122306.SYS30"

                --84229080704991.122306.SYS30
                content-type: text/plain

                Invalid address - nair_s
                %DIR-E-NODIRMTCH, No matching Directory Entry
                Entry found

                --84229080704991.122306.SYS30
                content-type: message/delivery-status

                Reporting-MTA: mailbus; SYS30

                Final-Recipient: unknown; nair_s
                Status: 5.0.0 (unknown permanent failure)
                Action: failed

                --84229080704991.122306.SYS30--
                """);
        DeliveryStatus expected = DeliveryStatus.builder(new MtaName("mailbus", "SYS30", null))
                .recipient(DsnRecipient.builder(
                                new DsnAddress("unknown", "nair_s"), DsnAction.FAILED, DsnStatus.parse("5.0.0"))
                        .statusComment("unknown permanent failure")
                        .build())
                .build();
        assertEquals(expected, dsn.status());
        assertEquals(Set.of(), dsn.leniencies());
        assertTrue(dsn.returned().isEmpty());
        assertTrue(only(dsn).finalRecipient().mailbox().isEmpty());
    }

    /** RFC 3464 appendix E. */
    @Test
    void delayedDsn() throws Exception {
        Dsn dsn = read("""
                MIME-Version: 1.0
                From: <postmaster@nsfnet-relay.ac.uk>
                Message-Id: <199407092338.TAA23293@CS.UTK.EDU>
                Received: from nsfnet-relay.ac.uk by sun2.nsfnet-relay.ac.uk
                        id <g.12954-0@sun2.nsfnet-relay.ac.uk>;
                        Sun, 10 Jul 1994 00:36:51 +0100
                To: owner-info-mime@cs.utk.edu
                Date: Sun, 10 Jul 1994 00:36:51 +0100
                Subject: WARNING: message delayed at "nsfnet-relay.ac.uk"
                content-type: multipart/report; report-type=delivery-status;
                       boundary=foobar

                --foobar
                content-type: text/plain

                The following message:

                UA-ID: Reliable PC (...
                Q-ID: sun2.nsf:77/msg.11820-0

                has not been delivered to the intended recipient:

                    thomas@de-montfort.ac.uk

                --foobar
                content-type: message/delivery-status

                Reporting-MTA: dns; sun2.nsfnet-relay.ac.uk

                Final-Recipient: rfc822;thomas@de-montfort.ac.uk
                Status: 4.0.0 (unknown temporary failure)
                Action: delayed

                --foobar--
                """);
        DeliveryStatus expected = DeliveryStatus.builder(MtaName.dns("sun2.nsfnet-relay.ac.uk"))
                .recipient(DsnRecipient.builder(
                                rfc822("thomas@de-montfort.ac.uk"), DsnAction.DELAYED, DsnStatus.parse("4.0.0"))
                        .statusComment("unknown temporary failure")
                        .build())
                .build();
        assertEquals(expected, dsn.status());
        assertEquals(Set.of(), dsn.leniencies());
        assertTrue(dsn.returned().isEmpty());
    }

    /** RFC 3461 §9.2. */
    @Test
    void replyOfSeveralLines() throws Exception {
        DeliveryStatus status = DeliveryStatus.parse("""
                Reporting-MTA: dns; example.org

                Final-Recipient: rfc822; joe@example.net
                Action: failed
                Status: 5.1.6
                Diagnostic-Code: smtp ; 550-mailbox unavailable
                 550 user has moved with no forwarding address
                """.getBytes(StandardCharsets.US_ASCII));
        DiagnosticCode code = Objects.requireNonNull(status.recipients().get(0).diagnosticCode());
        String reply = "550-mailbox unavailable\r\n550 user has moved with no forwarding address";
        assertEquals(DiagnosticCode.smtp(reply), code);
        assertEquals(OptionalInt.of(550), code.smtpCode());
    }

    private static String of3461(String boundary, String status) {
        return """
                To: Alice@Example.ORG
                From: postmaster@mail.Example.COM
                Subject: Delivery Notification
                Content-Type: multipart/report; report-type=delivery-status;
                    boundary=%s
                MIME-Version: 1.0

                --%1$s
                Content-type: text/plain; charset=us-ascii

                Your message (id QQ314159) ...

                --%1$s
                Content-type: message/delivery-status

                %s
                --%1$s
                Content-type: message/rfc822

                (headers of returned message go here)

                --%1$s--
                """.formatted(boundary, status);
    }

    /** RFC 3461 §10.6. */
    @Test
    void deliveredDsnForBob() throws Exception {
        Dsn dsn = read(of3461("abcde", """
                Reporting-MTA: dns; mail.Example.COM
                Original-Envelope-ID: QQ314159

                Original-Recipient: rfc822;Bob@Example.COM
                Final-Recipient: rfc822;Bob@Example.COM
                Action: delivered
                Status: 2.0.0
                """));
        DeliveryStatus expected = DeliveryStatus.builder(MtaName.dns("mail.Example.COM"))
                .originalEnvelopeId("QQ314159")
                .recipient(DsnRecipient.builder(
                                rfc822("Bob@Example.COM"), DsnAction.DELIVERED, DsnStatus.UNDEFINED_SUCCESS)
                        .originalRecipient(rfc822("Bob@Example.COM"))
                        .build())
                .build();
        assertEquals(expected, dsn.status());
        assertEquals(Set.of(), dsn.leniencies());
    }

    /** RFC 3461 §10.7. */
    @Test
    void failedDsnForCarol() throws Exception {
        Dsn dsn = read(of3461("bcdef", """
                Reporting-MTA: dns; Example.ORG
                Original-Envelope-ID: QQ314159

                Original-Recipient: rfc822;Carol@Ivory.EDU
                Final-Recipient: rfc822;Carol@Ivory.EDU
                SMTP-Remote-Recipient: Carol@Ivory.EDU
                Diagnostic-Code: smtp; 550 error - no such recipient
                Action: failed
                Status: 5.0.0
                """));
        assertEquals(Set.of(), dsn.leniencies());
        assertEquals(
                List.of(new DsnField("SMTP-Remote-Recipient", "Carol@Ivory.EDU")),
                only(dsn).extensions());
        assertEquals(
                DiagnosticCode.smtp("550 error - no such recipient"), only(dsn).diagnosticCode());
    }

    /** RFC 3461 §10.8. */
    @Test
    void relayedDsnForDana() throws Exception {
        Dsn dsn = read(of3461("cdefg", """
                Reporting-MTA: dns; Ivory.EDU
                Original-Envelope-ID: QQ314159

                Original-Recipient: rfc822;Dana@Ivory.EDU
                Final-Recipient: rfc822;Dana@Ivory.EDU
                Action: relayed
                Status: 2.0.0
                """));
        assertEquals(Set.of(), dsn.leniencies());
        assertEquals(DsnAction.RELAYED, only(dsn).action());
    }

    /** RFC 3461 §10.9, whose Reporting-MTA has no type. */
    @Test
    void failureNotificationForSam() throws Exception {
        Dsn dsn = read(of3461("defgh", """
                Reporting-MTA: Boondoggle.GOV
                Original-Envelope-ID: QQ314159

                Original-Recipient: rfc822;George@Tax-ME.GOV
                Final-Recipient: rfc822;Sam@Boondoggle.GOV
                Action: failed
                Status: 4.2.2 (disk quota exceeded)
                """));
        assertEquals(Set.of(DsnLeniency.TYPE_MISSING), dsn.leniencies());
        assertEquals(MtaName.dns("Boondoggle.GOV"), dsn.status().reportingMta());
        assertEquals(rfc822("George@Tax-ME.GOV"), only(dsn).originalRecipient());
        assertEquals("disk quota exceeded", only(dsn).statusComment());
    }

    /** RFC 6533 §3: the three forms of one address, and what strays from the grammar. */
    @ParameterizedTest
    @CsvSource({
        "utf-8; j\\x{F6}rg@b\\x{FC}cher.example, jörg@bücher.example",
        "UTF-8;j\\x{F6}rg@bücher.example, jörg@bücher.example",
        "utf-8; jörg@bücher.example, jörg@bücher.example",
        "utf-8; a\\x{2B}b\\x{3D}c@example.org, a+b=c@example.org",
        "'utf-8; \"a\\x{20}b\\x{5C}\\x{5C}\"@example.org', '\"a b\\\\\"@example.org'",
        "utf-8; \\x{1F600}@example.org, 😀@example.org",
        "utf-8; \\x{10FFFD}@example.org, \uDBFF\uDFFD@example.org",
        "utf-8; \\x{D7FF}@example.org, \uD7FF@example.org",
        // Not HEXPOINT: an ASCII letter, surrogates, leading zeros, too much, too little.
        "utf-8; \\x{61}@example.org, \\x{61}@example.org",
        "utf-8; \\x{D800}@example.org, \\x{D800}@example.org",
        "utf-8; \\x{0F6}@example.org, \\x{0F6}@example.org",
        "utf-8; \\x{110000}@example.org, \\x{110000}@example.org",
        "utf-8; \\x{}@example.org, \\x{}@example.org",
        "utf-8; \\xF6@example.org, \\xF6@example.org",
        "utf-8; \\x{F6@example.org, \\x{F6@example.org"
    })
    void addressTypeUtf8(String field, String address) throws Exception {
        assertEquals(new DsnAddress("utf-8", address), DsnAddress.parse(field));
    }
}
