package org.moxmail.bench.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.moxmail.dns.SyntaxException;
import org.moxmail.smtp.AddressLiteral;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.Leniency;
import org.moxmail.smtp.Mailbox;
import org.moxmail.smtp.OriginalRecipient;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpCommand;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.SmtpSyntax;
import org.moxmail.smtp.Xtext;

/** The parsers of mox-smtp. */
final class SmtpTargets {
    private static final List<Set<Leniency>> LENIENCIES =
            List.of(Leniency.STRICT, Leniency.DELIVERY, Leniency.SUBMISSION, Set.of(Leniency.values()));

    private static final String TOKENS =
            "EHLO\\s HELO MAIL\\sFROM: RCPT\\sTO: DATA BDAT\\s LAST RSET NOOP QUIT AUTH PLAIN = STARTTLS VRFY EXPN"
                    + " HELP <> < > @ , : . \" \\ [ ] [IPv6: [1.2.3.4] ::1 SIZE= BODY=8BITMIME BODY=BINARYMIME SMTPUTF8"
                    + " RET=FULL ENVID= NOTIFY=NEVER, ORCPT=rfc822; utf-8; +40 \\x{e9} HOLDFOR= HOLDUNTIL= REQUIRETLS"
                    + " AUTH=<> MT-PRIORITY= BY= \\r"
                    + "\\n"
                    + " \\s \\t é a@b.example @a,@b: Postmaster 0 1 999999999999999999 -";

    private SmtpTargets() {}

    static List<FuzzTarget> all() {
        SmtpSessions sessions = new SmtpSessions();
        return List.of(
                FuzzTarget.of(
                        "smtp-command",
                        TOKENS,
                        List.of(
                                "EHLO mx.example.org",
                                "EHLO [IPv6:2001:db8::1]",
                                "HELO [192.0.2.1]",
                                "MAIL FROM:<a@b.example> SIZE=1000 BODY=8BITMIME SMTPUTF8",
                                "MAIL FROM:<> RET=HDRS ENVID=a+2Bb REQUIRETLS AUTH=a+3Db",
                                "RCPT TO:<@x,@y:\"a b\"@c.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb@c",
                                "RCPT TO:<Postmaster>",
                                "RCPT TO:<é@bücher.example> ORCPT=utf-8;\\x{e9}@b",
                                "MAIL FROM:<a@b> HOLDFOR=100",
                                "MAIL FROM:<a@b> HOLDUNTIL=2026-01-01T00:00:00Z",
                                "BDAT 1000 LAST",
                                "AUTH PLAIN AGEAYg==",
                                "VRFY a",
                                "NOOP x",
                                "QUIT"),
                        SmtpTargets::command),
                FuzzTarget.of(
                        "smtp-addresses",
                        TOKENS,
                        List.of(
                                "<a@b.example>",
                                "a@b.example",
                                "\"a b\\\"c\"@[192.0.2.1]",
                                "<@r1,@r2:a@b>",
                                "[IPv6:2001:db8::1]",
                                "rfc822;a+2Bb@c",
                                "utf-8;\\x{e9}@b",
                                "é@bücher.example"),
                        SmtpTargets::addresses),
                FuzzTarget.of(
                        "smtp-reply",
                        "250 250- 550 421 354 2.0.0 2.1.5\\s 5.7.1 4.4.2 - \\s \\n \\r . 999 text 250\\n é",
                        List.of(
                                "250-mx.example\n250-SIZE 1000\n250 HELP",
                                "550 5.1.1 no such user",
                                "354",
                                "250-2.1.0 a\n250 2.1.0 b"),
                        SmtpTargets::reply),
                FuzzTarget.of(
                        "smtp-session",
                        TOKENS
                                + " MAIL\\sFROM:<a@b>\\r"
                                + "\\n"
                                + " RCPT\\sTO:<c@example.org>\\r"
                                + "\\n"
                                + " DATA\\r"
                                + "\\n"
                                + " \\r"
                                + "\\n"
                                + ".\\r"
                                + "\\n"
                                + " BDAT\\s5\\r"
                                + "\\n"
                                + "abcde BDAT\\s3\\sLAST\\r"
                                + "\\n"
                                + "abc EHLO\\sx\\r"
                                + "\\n"
                                + " RSET\\r"
                                + "\\n"
                                + " \\n"
                                + ".\\n"
                                + " \\r"
                                + "\\n"
                                + "..\\r"
                                + "\\n"
                                + " \\r",
                        List.of(
                                "EHLO x\r\n"
                                        + "MAIL FROM:<a@b>\r\n"
                                        + "RCPT TO:<c@example.org>\r\n"
                                        + "DATA\r\n"
                                        + "Subject: x\r\n\r\n"
                                        + "..a\r\n"
                                        + ".\r\n"
                                        + "QUIT\r\n",
                                "EHLO x\r\n"
                                        + "MAIL FROM:<a@b>\r\n"
                                        + "RCPT TO:<c@example.org>\r\n"
                                        + "BDAT 5\r\n"
                                        + "a\r\n"
                                        + "b\r"
                                        + "BDAT 2 LAST\r\n\r\n"
                                        + "QUIT\r\n",
                                "HELO x\r\n"
                                        + "MAIL FROM:<>\r\n"
                                        + "RCPT TO:<postmaster>\r\n"
                                        + "RCPT TO:<x@y>\r\n"
                                        + "DATA\r\n"
                                        + ".\r\n"
                                        + "RSET\r\n"
                                        + "NOOP\r\n"),
                        sessions::session),
                FuzzTarget.of(
                        "smtp-data",
                        "\\r"
                                + "\\n"
                                + ".\\r"
                                + "\\n"
                                + " \\r"
                                + "\\n"
                                + ". \\r"
                                + "\\n"
                                + ".. \\n"
                                + ".\\n"
                                + " \\r"
                                + "\\n"
                                + ".\\n"
                                + " \\n"
                                + ".\\r"
                                + "\\n"
                                + " \\r"
                                + ".\\r"
                                + " . \\r"
                                + " \\n"
                                + " \\r"
                                + "\\n"
                                + " \\0 é \\r"
                                + "\\n"
                                + ".\\r"
                                + " \\r"
                                + "\\n"
                                + ".\\r"
                                + "\\n"
                                + "RSET\\r"
                                + "\\n",
                        List.of("Subject: x\r\n\r\n.a\r\n..\r\nb\n", "a\r\n.\r\nNOOP\r\n", ".\r\n", "a\r\nb"),
                        sessions::data));
    }

    private static int command(byte[] input, RandomGenerator random) throws SyntaxException {
        String line = Texts.text(input, random);
        Set<Leniency> leniencies = LENIENCIES.get(random.nextInt(LENIENCIES.size()));
        SmtpCommand command;
        try {
            command = SmtpSyntax.parse(line, leniencies);
        } catch (SyntaxException e) {
            if (e.offset() < 0 || e.offset() > line.length()) {
                throw new AssertionError("offset " + e.offset() + " of " + line);
            }
            return Texts.kind(e.expected());
        }
        String printed = SmtpSyntax.print(command);
        Texts.same("a command is printed and read", command, SmtpSyntax.parse(printed, leniencies));
        return command.getClass().hashCode() + printed.length() / 20;
    }

    private static int addresses(byte[] input, RandomGenerator random) {
        String text = Texts.text(input, random);
        int outcome = read("mailbox", text, Mailbox::parse, Mailbox::print);
        outcome = 31 * outcome + read("reverse path", text, ReversePath::parse, ReversePath::print);
        outcome = 31 * outcome + read("forward path", text, ForwardPath::parse, ForwardPath::print);
        outcome = 31 * outcome + read("literal", text, AddressLiteral::parse, AddressLiteral::print);
        outcome = 31 * outcome + read("original recipient", text, OriginalRecipient::parse, OriginalRecipient::print);
        return 31 * outcome + read("xtext", text, Xtext::decode, Xtext::encode);
    }

    private interface Parser<T> {
        T parse(String text) throws SyntaxException;
    }

    private interface Printer<T> {
        String print(T value);
    }

    private static <T> int read(String what, String text, Parser<T> parser, Printer<T> printer) {
        T value;
        try {
            value = parser.parse(text);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        String printed = printer.print(value);
        try {
            Texts.same(what + " is printed and read", value, parser.parse(printed));
        } catch (SyntaxException e) {
            throw new AssertionError(what + " is printed as " + printed, e);
        }
        return 1;
    }

    private static int reply(byte[] input, RandomGenerator random) throws SyntaxException {
        List<String> lines = Arrays.asList(Texts.text(input, random).split("\n", -1));
        boolean enhanced = random.nextBoolean();
        SmtpReply reply;
        try {
            reply = SmtpReply.parse(lines, enhanced);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        List<String> printed = Arrays.asList(reply.print().split("\r\n"));
        if (printed.size() == reply.lines().size() && (enhanced || reply.enhanced() == null)) {
            SmtpReply again = SmtpReply.parse(printed, enhanced);
            Texts.same("a reply's code is printed and read", reply.code(), again.code());
            Texts.same("a reply's printed form is final", reply.print(), again.print());
        }
        return reply.code() + 1000 * Math.min(9, reply.lines().size());
    }
}
