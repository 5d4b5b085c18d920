package org.moxmail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Localpart;

class GrammarPropertyTest {
    @Provide
    Arbitrary<SmtpCommand> commands() {
        Arbitrary<String> argument = Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars(' ', 'é', '漢')
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(text -> "x" + text.strip())
                .filter(text -> !text.isEmpty());
        Arbitrary<SmtpCommand> mail = Combinators.combine(reversePaths(), mailParams())
                .as((path, params) -> new SmtpCommand.Mail(path, params.parameters()));
        Arbitrary<SmtpCommand> rcpt = Combinators.combine(forwardPaths(), rcptParams())
                .as((path, params) -> new SmtpCommand.Rcpt(path, params.parameters()));
        return Arbitraries.oneOf(
                hosts().map(SmtpCommand.Ehlo::new),
                domains().map(SmtpCommand.Helo::new),
                mail,
                rcpt,
                Combinators.combine(
                                Arbitraries.longs().between(0, 999_999_999_999_999_999L), Arbitraries.of(true, false))
                        .as(SmtpCommand.Bdat::new),
                argument.map(SmtpCommand.Vrfy::new),
                argument.map(SmtpCommand.Expn::new),
                argument.injectNull(0.3).map(SmtpCommand.Help::new),
                argument.injectNull(0.3).map(SmtpCommand.Noop::new),
                Arbitraries.strings()
                        .withCharRange('A', 'Z')
                        .withChars('-', '_', '7')
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .map(name -> new SmtpCommand.Auth(name, "YQ==")),
                Arbitraries.of(
                        new SmtpCommand.Data(),
                        new SmtpCommand.Rset(),
                        new SmtpCommand.Quit(),
                        new SmtpCommand.StartTls(),
                        new SmtpCommand.Auth("PLAIN", null)));
    }

    private static Arbitrary<MailHost> domains() {
        return Arbitraries.of("example.org", "a", "xn--bcher-kva.example", "a-b.c3.example", "1.2.3")
                .map(text -> {
                    try {
                        return MailHost.of(DnsName.parse(text));
                    } catch (SyntaxException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static Arbitrary<MailHost> hosts() {
        Arbitrary<Integer> length = Arbitraries.of(4, 16);
        Arbitrary<MailHost> literals = length.flatMap(
                        octets -> Arbitraries.of((byte) 0, (byte) 1, (byte) 0xff, (byte) 0x20)
                                .array(byte[].class)
                                .ofSize(octets))
                .map(octets -> {
                    try {
                        return new AddressLiteral(InetAddress.getByAddress(octets));
                    } catch (UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                });
        return Arbitraries.frequencyOf(Tuple.of(3, domains()), Tuple.of(2, literals));
    }

    private static Arbitrary<Mailbox> mailboxes() {
        Arbitrary<Localpart> localparts = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('é', '漢', '.', '"', '\\', '@', '>')
                .ofMaxLength(40)
                .map(text -> {
                    try {
                        return Localpart.ofDecoded(text);
                    } catch (SyntaxException e) {
                        throw new AssertionError(e);
                    }
                });
        return Combinators.combine(localparts, hosts()).as(Mailbox::new);
    }

    private static Arbitrary<ReversePath> reversePaths() {
        return mailboxes().map(ReversePath::of).injectDuplicates(0.1).map(path -> path);
    }

    private static Arbitrary<ForwardPath> forwardPaths() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(ForwardPath.POSTMASTER)),
                Tuple.of(5, mailboxes().map(ForwardPath::of)));
    }

    private static Arbitrary<MailParams> mailParams() {
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(20);
        Arbitrary<FutureRelease> holds = Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(1, 999_999_999)
                        .map(s -> new FutureRelease.HoldFor(Duration.ofSeconds(s))),
                Arbitraries.longs()
                        .between(0, 4_000_000_000L)
                        .map(s -> new FutureRelease.HoldUntil(Instant.ofEpochSecond(s))));
        return Combinators.combine(
                        Arbitraries.longs().between(-1, 999_999_999_999_999_999L),
                        Arbitraries.of(BodyType.class).injectNull(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        text.injectNull(0.5),
                        Arbitraries.of(DsnReturn.class).injectNull(0.5),
                        text.injectNull(0.5),
                        holds.injectNull(0.5))
                .as(MailParams::new);
    }

    private static Arbitrary<RcptParams> rcptParams() {
        Arbitrary<Set<Notify>> notify = Arbitraries.oneOf(
                Arbitraries.just(Set.of()),
                Arbitraries.just(Set.of(Notify.NEVER)),
                Arbitraries.of(Notify.SUCCESS, Notify.FAILURE, Notify.DELAY)
                        .set()
                        .ofMinSize(1));
        Arbitrary<OriginalRecipient> orcpt = Combinators.combine(
                        Arbitraries.of("rfc822", "utf-8", "X400"),
                        Arbitraries.strings()
                                .withCharRange(' ', '~')
                                .withChars('é', '漢')
                                .ofMinLength(1)
                                .ofMaxLength(30))
                .as(OriginalRecipient::new);
        return Combinators.combine(notify, orcpt.injectNull(0.5)).as(RcptParams::new);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void parsingWhatWasPrintedGivesTheSame(@ForAll("commands") SmtpCommand command) throws SyntaxException {
        assertEquals(command, SmtpSyntax.parse(SmtpSyntax.print(command), Leniency.DELIVERY));
    }

    @Provide
    Arbitrary<MailParams> mails() {
        return mailParams();
    }

    @Provide
    Arbitrary<RcptParams> rcpts() {
        return rcptParams();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void mailParametersSurvive(@ForAll("mails") MailParams params) {
        assertEquals(new ParamOutcome.Understood<>(params), MailParams.parse(params.parameters()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void rcptParametersSurvive(@ForAll("rcpts") RcptParams params) {
        assertEquals(new ParamOutcome.Understood<>(params), RcptParams.parse(params.parameters()));
    }

    @Property(tries = 500)
    void xtextSurvives(@ForAll String text) throws SyntaxException {
        String clean = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(clean, Xtext.decode(Xtext.encode(clean)));
    }

    /** Any line is a command or a syntax error, and what parses prints to a fixed point. */
    @Property(tries = 20)
    void anyLineEndsInACommandOrASyntaxError(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> corpus = List.of(
                "EHLO [IPv6:2001:db8::1]",
                "HELO a.example",
                "MAIL FROM:<@a,@b:\"a b\"@c.example> SIZE=1 BODY=8BITMIME AUTH=<>",
                "RCPT TO:<a@[192.0.2.1]> NOTIFY=NEVER ORCPT=rfc822;a+2Bb",
                "BDAT 12 LAST",
                "AUTH PLAIN YQ==",
                "VRFY x",
                "NOOP",
                "RCPT TO:<Postmaster>",
                "STARTTLS",
                "MAIL FROM:<møx@bücher.example> SMTPUTF8");
        String alphabet = "<>@:;,.\"\\[] =+-_\t\r\n\0aZ09éIPv6:\ud83d\ude00\ud83d";
        for (int i = 0; i < 2000; i++) {
            StringBuilder line = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(line.length() + 1);
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> line.insert(at, c);
                    case 1 -> line.delete(at, Math.min(line.length(), at + 1 + random.nextInt(3)));
                    default -> line.append(line, 0, Math.min(line.length(), random.nextInt(20)));
                }
            }
            for (Set<Leniency> leniencies : List.of(Leniency.STRICT, Leniency.DELIVERY, Leniency.SUBMISSION)) {
                fixedPoint(line.toString(), leniencies);
            }
        }
    }

    private static void fixedPoint(String line, Set<Leniency> leniencies) {
        SmtpCommand command;
        try {
            command = SmtpSyntax.parse(line, leniencies);
        } catch (SyntaxException e) {
            return;
        } catch (IllegalArgumentException e) {
            throw new AssertionError("not a syntax error: " + line, e);
        }
        try {
            assertEquals(command, SmtpSyntax.parse(SmtpSyntax.print(command), leniencies), line);
        } catch (SyntaxException e) {
            throw new AssertionError(line + " printed as " + SmtpSyntax.print(command), e);
        }
    }

    @Provide
    Arbitrary<SmtpReply> replies() {
        Arbitrary<String> line = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('é')
                .ofMaxLength(60)
                .map(text -> "t" + text.strip());
        return Combinators.combine(
                        Arbitraries.integers().between(200, 559).filter(code -> code / 10 % 10 <= 5),
                        Arbitraries.of(true, false),
                        line.list().ofMinSize(1).ofMaxSize(4))
                .as((code, enhanced, lines) -> new SmtpReply(
                        code,
                        enhanced && code / 100 != 3 ? new EnhancedCode(code / 100, 1, 2) : null,
                        lines,
                        SmtpReply.Pace.NORMAL));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void repliesSurvive(@ForAll("replies") SmtpReply reply) throws SyntaxException {
        List<String> lines = new ArrayList<>(List.of(reply.print().split("\r\n", -1)));
        assertEquals("", lines.removeLast());
        assertEquals(reply, SmtpReply.parse(lines, true));
    }
}
