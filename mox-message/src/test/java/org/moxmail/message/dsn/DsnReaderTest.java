package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;
import org.moxmail.message.testing.Mutations;

final class DsnReaderTest {
    private static final String MESSAGE = "Reporting-MTA: dns; a.example\n";
    private static final String RECIPIENT = "Final-Recipient: rfc822; joe@b.example\nAction: failed\nStatus: 5.1.1\n";
    private static final Set<DsnLeniency> ALL = EnumSet.allOf(DsnLeniency.class);

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DsnReading read(String status) throws SyntaxException {
        return new DsnReader(DsnLimits.DEFAULT, ALL).status(octets(status));
    }

    private static Dsn mail(String mail, Set<DsnLeniency> leniencies) throws IOException, SyntaxException {
        return new DsnReader(DsnLimits.DEFAULT, leniencies).parse(MessageContent.of(octets(mail)));
    }

    static Stream<Arguments> leniencies() {
        return Stream.of(
                Arguments.of(DsnLeniency.NOT_UTF8, MESSAGE + "X: \udce9\n\n" + RECIPIENT, "UTF-8"),
                Arguments.of(DsnLeniency.CONTROL_CHARACTER, MESSAGE + "X: a\u0001b\n\n" + RECIPIENT, "control"),
                Arguments.of(DsnLeniency.LINE_WITHOUT_FIELD, MESSAGE + "what is this\n\n" + RECIPIENT, "a field"),
                Arguments.of(DsnLeniency.GROUPS_JOINED, MESSAGE + RECIPIENT, "a blank line before"),
                Arguments.of(DsnLeniency.GROUPS_JOINED, MESSAGE + "\n" + RECIPIENT + RECIPIENT, "a blank line before"),
                Arguments.of(DsnLeniency.GROUP_BROKEN, MESSAGE + "\nX: y\n\n" + RECIPIENT, "behind a blank line"),
                Arguments.of(DsnLeniency.GROUP_BROKEN, MESSAGE + "\n" + RECIPIENT + "\nX: y\n", "behind a blank line"),
                Arguments.of(DsnLeniency.REPEATED_FIELD, MESSAGE + MESSAGE + "\n" + RECIPIENT, "one Reporting-MTA"),
                Arguments.of(DsnLeniency.REPEATED_FIELD, MESSAGE + "\n" + RECIPIENT + "Status: 5.0.0\n", "one Status"),
                Arguments.of(DsnLeniency.UNUSABLE_FIELD, MESSAGE + "Arrival-Date: soon\n\n" + RECIPIENT, "a date"),
                Arguments.of(
                        DsnLeniency.UNUSABLE_FIELD,
                        MESSAGE + "Received-From-MTA: dns; (192.0.2.1)\n\n" + RECIPIENT,
                        "the name of a mail server"),
                Arguments.of(DsnLeniency.REPORTING_MTA_MISSING, "X: y\n\n" + RECIPIENT, "Reporting-MTA"),
                Arguments.of(
                        DsnLeniency.FINAL_RECIPIENT_MISSING,
                        MESSAGE + "\n" + RECIPIENT.replace("Final", "Original"),
                        "Final-Recipient"),
                Arguments.of(
                        DsnLeniency.ACTION_MISSING,
                        MESSAGE + "\n" + RECIPIENT.replace("Action: failed\n", ""),
                        "Action"),
                Arguments.of(
                        DsnLeniency.STATUS_MISSING,
                        MESSAGE + "\n" + RECIPIENT.replace("Status: 5.1.1\n", "Diagnostic-Code: smtp; 550 5.1.1 x\n"),
                        "Status"),
                Arguments.of(
                        DsnLeniency.BARE_STATUS_COMMENT,
                        MESSAGE + "\n" + RECIPIENT.replace("5.1.1", "5.1.1 no such user"),
                        "parentheses"),
                Arguments.of(
                        DsnLeniency.TYPE_MISSING,
                        MESSAGE + "\n" + RECIPIENT.replace("rfc822; ", ""),
                        "a type and a semicolon in Final-Recipient"),
                Arguments.of(
                        DsnLeniency.ANGLE_BRACKETS,
                        MESSAGE + "\n" + RECIPIENT.replace("joe@b.example", "<joe@b.example>"),
                        "angle brackets"),
                Arguments.of(
                        DsnLeniency.RETRY_WITHOUT_DELAY,
                        MESSAGE + "\n" + RECIPIENT + "Will-Retry-Until: 1 Jan 2026 00:00 +0000\n",
                        "delayed mail only"),
                Arguments.of(
                        DsnLeniency.LOCALIZED_OUT_OF_PLACE,
                        MESSAGE + "\n" + RECIPIENT + "Localized-Diagnostic: de; nein\n",
                        "behind Diagnostic-Code"));
    }

    @ParameterizedTest
    @MethodSource("leniencies")
    void aLeniencyIsNamedAndWithoutItTheTextIsRefused(DsnLeniency leniency, String status, String reason)
            throws Exception {
        byte[] octets = status.replace("\udce9", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        DsnReading reading = new DsnReader(DsnLimits.DEFAULT, Set.of(leniency)).status(octets);
        assertEquals(Set.of(leniency), reading.leniencies());
        DsnRecipient recipient = reading.status().recipients().get(0);
        assertEquals(new DsnAddress("rfc822", "joe@b.example"), recipient.finalRecipient());
        assertEquals(DsnAction.FAILED, recipient.action());
        assertEquals(new DsnStatus(5, 1, 1), recipient.status());
        SyntaxException refused = assertThrows(
                SyntaxException.class,
                () -> new DsnReader(DsnLimits.DEFAULT, EnumSet.complementOf(EnumSet.of(leniency))).status(octets));
        assertTrue(refused.expected().contains(reason), refused.expected());
    }

    @Test
    void whatStraysTooFarIsRefusedWithAReason() {
        refused("", "fields of a recipient");
        refused(MESSAGE, "fields of a recipient");
        refused(MESSAGE + "\nAction: failed\nStatus: 5.0.0\n", "Final-Recipient");
        refused(MESSAGE + "\nFinal-Recipient: rfc822; a@b\n", "Action");
        refused(MESSAGE + "\n" + RECIPIENT.replace("failed", "deliverable"), "failed, delayed, delivered");
        refused(MESSAGE + "\n" + RECIPIENT + "Diagnostic-Code: smtp; " + "x".repeat(901) + "\n", "words of at most");
    }

    private static void refused(String status, String reason) {
        SyntaxException refused = assertThrows(SyntaxException.class, () -> read(status));
        assertTrue(refused.expected().contains(reason), refused.expected());
    }

    @Test
    void theReasonSaysWhere() {
        String status = MESSAGE + "\n" + RECIPIENT.replace("failed", "?");
        SyntaxException refused = assertThrows(SyntaxException.class, () -> read(status));
        assertEquals(status.indexOf("Action"), refused.offset());
        assertEquals("RFC 3464 §2.3.3", refused.rfc());
    }

    @Test
    void limitsHold() throws Exception {
        byte[] octets = octets(MESSAGE + "\n" + RECIPIENT + "\n" + RECIPIENT);
        DsnLimits limits = new DsnLimits(octets.length, 2, 3, 0);
        assertEquals(
                2,
                new DsnReader(limits, ALL).status(octets).status().recipients().size());
        for (DsnLimits narrow : List.of(
                new DsnLimits(octets.length - 1, 2, 3, 0),
                new DsnLimits(octets.length, 1, 3, 0),
                new DsnLimits(octets.length, 2, 2, 0))) {
            SyntaxException refused =
                    assertThrows(SyntaxException.class, () -> new DsnReader(narrow, ALL).status(octets));
            assertTrue(refused.expected().startsWith("a") && refused.expected().contains("at most"), narrow.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"CRLF, '\r\n'", "LF, '\n'"})
    void lineEndsMakeNoDifference(String name, String lineEnd) throws Exception {
        String status = MESSAGE + "Arrival-Date: Fri, 6 Nov\n\t2026 10:00:00 +0100\n\n\n" + RECIPIENT + "\n\n";
        assertEquals(read(status), read(status.replace("\n", lineEnd)), name);
    }

    @Test
    void anOriginalRecipientBehindTheFinalOneIsOfTheSameGroup() throws Exception {
        DsnReading reading = read(MESSAGE
                + "\nAction: failed\nFinal-Recipient: rfc822; a@b\nOriginal-Recipient: rfc822; c@d\nStatus: 5.0.0\n");
        assertEquals(1, reading.status().recipients().size());
        assertEquals(Set.of(), reading.leniencies());
    }

    @Test
    void joinedGroupsAreTakenApart() throws Exception {
        String first = "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.0.0\n";
        String second =
                "Original-Recipient: rfc822; c@d\nFinal-Recipient: rfc822; e@f\nAction: delayed\nStatus: 4.0.0\n";
        List<DsnRecipient> recipients =
                read(MESSAGE + "X-Y: z\n" + first + second + first).status().recipients();
        assertEquals(3, recipients.size());
        assertEquals(null, recipients.get(0).originalRecipient());
        assertEquals(new DsnAddress("rfc822", "c@d"), recipients.get(1).originalRecipient());
        assertEquals(recipients.get(0), recipients.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "'dns; mx.example.org', dns, mx.example.org,",
        "'DNS;MX.example.org', dns, MX.example.org,",
        "'dns; mx.example.org (192.0.2.1)', dns, mx.example.org, 192.0.2.1",
        "'dns; mx.example.org (a (b) \\) c) (d)', dns, mx.example.org, a (b) ) c d",
        "'dns (x); [192.0.2.1]', dns, [192.0.2.1],",
        "'dns; a (=?utf-8?q?=C3=A9?=)', dns, a, é",
        "'x-y; a (b', x-y, a (b,",
        "'x-y; \"a (b)\" c', x-y, \"a (b)\" c,",
    })
    void namesOfMailServersAreRead(String text, String type, String name, String comment) throws Exception {
        assertEquals(new MtaName(type, name, comment), MtaName.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "smtp; 550 5.1.1 no, 550, 5.1.1",
        "smtp; 550-5.1.1 no, 550, 5.1.1",
        "smtp; 550 #5.1.1 no, 550, 5.1.1",
        "smtp; 550 no 5.1.1, 550, ''",
        "smtp; 550, 550, ''",
        "smtp; 550 5.1.1111 no, 550, ''",
        "smtp; 550 5.01.1 no, 550, ''",
        "smtp; 5501 no, -1, ''",
        "smtp; 650 no, -1, ''",
        "x-unix; 550 5.1.1 no, -1, ''"
    })
    void codesAreFoundInReplies(String text, int code, String status) throws Exception {
        DiagnosticCode diagnostic = DiagnosticCode.parse(text);
        assertEquals(code, diagnostic.smtpCode().orElse(-1));
        assertEquals(status, diagnostic.smtpStatus().map(DsnStatus::print).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "5",
        "5.1",
        "5.1.",
        "3.1.1",
        "1.0.0",
        "5.1.1.1",
        "5.01.1",
        "5.1.1000",
        "'5.1.1 '",
        "٥.1.1",
        "5.-1.1"
    })
    void aStatusIsThreeNumbers(String text) {
        assertThrows(SyntaxException.class, () -> DsnStatus.parse(text));
    }

    // ---- in mail

    private static String mail(String type, String before, String statusHeader, String status, String after) {
        return "Content-Type: " + type + "; boundary=b\n\n" + before + "--b\n" + statusHeader + "\n\n" + status + "\n"
                + after + "--b--\n";
    }

    private static final String REPORT = "multipart/report; report-type=delivery-status";
    private static final String WORDS = "--b\n\nwords\n";
    private static final String STATUS = "Content-Type: message/delivery-status";

    @ParameterizedTest
    @CsvSource({
        "message/rfc822, true",
        "message/global, true",
        "text/rfc822-headers, false",
        "message/global-headers, false"
    })
    void theReturnedPartIsFound(String type, boolean whole) throws Exception {
        String returned = "--b\nContent-Type: " + type + "\n\nSubject: x\n\ny\n";
        String text = mail(REPORT, WORDS, STATUS, MESSAGE + "\n" + RECIPIENT, returned);
        Dsn dsn = mail(text, Set.of());
        assertEquals(whole, dsn.returnedWhole());
        assertEquals("x", dsn.originalHeader().first("subject").orElse(""));
        int from = (int) dsn.returned().orElseThrow().bodyOffset();
        assertTrue(text.substring(from).startsWith("Subject: x"));
        assertEquals("text", dsn.explanation().orElseThrow().type());
    }

    @Test
    void anEncodedReturnedPartIsRead() throws Exception {
        String returned =
                "--b\nContent-Type: message/global-headers\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogw6kK\n";
        Dsn dsn = mail(
                mail(
                        REPORT,
                        WORDS,
                        STATUS.replace("delivery", "global-delivery"),
                        MESSAGE + "\n" + RECIPIENT,
                        returned),
                Set.of());
        assertEquals("é", dsn.originalHeader().first("Subject").orElse(""));
    }

    static Stream<Arguments> mails() {
        String status = MESSAGE + "\n" + RECIPIENT;
        String encoded = STATUS + "\nContent-Transfer-Encoding: quoted-printable";
        return Stream.of(
                Arguments.of(Set.of(), mail(REPORT, WORDS, STATUS, status, "")),
                Arguments.of(Set.of(DsnLeniency.NOT_A_REPORT), mail("multipart/mixed", WORDS, STATUS, status, "")),
                Arguments.of(
                        Set.of(DsnLeniency.NOT_A_REPORT),
                        mail("multipart/report; report-type=x", WORDS, STATUS, status, "")),
                Arguments.of(Set.of(DsnLeniency.NOT_A_REPORT), STATUS + "\n\n" + status),
                Arguments.of(Set.of(DsnLeniency.STATUS_NOT_SECOND), mail(REPORT, WORDS + WORDS, STATUS, status, "")),
                Arguments.of(Set.of(DsnLeniency.ENCODED_STATUS), mail(REPORT, WORDS, encoded, status, "")),
                Arguments.of(Set.of(DsnLeniency.EIGHT_BIT), mail(REPORT, WORDS, STATUS, "X: é\n" + status, "")),
                Arguments.of(
                        Set.of(),
                        mail(REPORT, WORDS, STATUS.replace("delivery", "global-delivery"), "X: é\n" + status, "")));
    }

    @ParameterizedTest
    @MethodSource("mails")
    void aStatusIsFoundInMail(Set<DsnLeniency> leniencies, String mail) throws Exception {
        assertEquals(leniencies, mail(mail, leniencies).leniencies());
        assertEquals(leniencies, mail(mail, ALL).leniencies());
        if (!leniencies.isEmpty()) {
            assertThrows(SyntaxException.class, () -> mail(mail, EnumSet.complementOf(EnumSet.copyOf(leniencies))));
        }
    }

    @Test
    void otherMailIsNoNotification() {
        String inner = mail(REPORT, WORDS, STATUS, MESSAGE + "\n" + RECIPIENT, "");
        for (String mail : List.of("", "Subject: x\n\ny\n", "Content-Type: message/rfc822\n\n" + inner)) {
            SyntaxException refused = assertThrows(SyntaxException.class, () -> mail(mail, ALL));
            assertEquals("a message/delivery-status part", refused.expected());
        }
    }

    @Test
    void aLargeStatusIsRefusedBeforeItIsRead() {
        String status = MESSAGE + "\n" + RECIPIENT + "X: y\n".repeat(100);
        String mail = mail(REPORT, WORDS, STATUS, status, "");
        DsnReader reader = new DsnReader(new DsnLimits(100, 10, 1000, 0), ALL);
        SyntaxException refused =
                assertThrows(SyntaxException.class, () -> reader.parse(MessageContent.of(octets(mail))));
        assertEquals("a status of at most 100 octets", refused.expected());
    }

    /** What would take quadratic time takes more than the whole test's. */
    @Test
    void timeIsLinearInHostileText() {
        int many = 1 << 19;
        for (String piece :
                List.of("a\n\n", "\n\n", "\"\\", "(", "((", "\n ", "X: y\n\n", ":\n", "\\x{", "a (b) ", "=?")) {
            String text = piece.repeat(many / piece.length());
            for (String status : List.of(text, MESSAGE + "\nFinal-Recipient: utf-8; " + text, MESSAGE + text)) {
                assertThrows(SyntaxException.class, () -> read(status));
            }
        }
    }

    @Test
    void noInputBreaksTheReader() throws IOException {
        List<String> seeds = List.of(
                mail(
                        REPORT,
                        WORDS,
                        STATUS,
                        MESSAGE + "\n" + RECIPIENT,
                        "--b\nContent-Type: message/rfc822\n\nA: b\n\n"),
                mail(
                        REPORT,
                        WORDS,
                        STATUS.replace("delivery", "global-delivery"),
                        MESSAGE + "Arrival-Date: 1 Jan 2026 00:00 +0000 (UTC)\n\nFinal-Recipient: utf-8; \\x{F6}@é\n"
                                + "Action: delayed\nStatus: 4.0.0 (x (y))\nRemote-MTA: dns; x (z)\n"
                                + "Diagnostic-Code: smtp; 421 4.0.0 \n x\nLocalized-Diagnostic: de; ü\n"
                                + "Will-Retry-Until: 2 Jan 2026 00:00 +0000\n",
                        "--b\nContent-Type: message/global-headers\n\nA: é\n\n"));
        RandomGenerator random = Mutations.random(3464);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] input = Mutations.mutate(octets(seeds.get(i % seeds.size())), random);
            try {
                DeliveryStatus status = Dsn.parse(MessageContent.of(input)).status();
                read++;
                assertEquals(status, DeliveryStatus.parse(octets(status.print(true))));
                assertEquals(status.withAsciiText(), DeliveryStatus.parse(octets(status.print(false))));
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= input.length, e::getMessage);
            }
        }
        assertTrue(read > 500, "read " + read);
    }
}
