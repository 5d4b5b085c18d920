package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.moxmail.dns.SyntaxException;

/** What is printed reads as it was, in UTF-8 and in ASCII. */
final class DsnProperties {
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab \"\\().;:=+<>?_{}x5Fü日").ofMaxLength(200),
                Arbitraries.of("", "😀 a", "\\x{F6}", "=?utf-8?q?a?=", "a".repeat(400), "日".repeat(250)));
    }

    private static <T> Arbitrary<T> writable(Arbitrary<String> texts, java.util.function.Function<String, T> make) {
        return texts.map(String::strip)
                .map(text -> {
                    try {
                        return List.of(make.apply(text));
                    } catch (IllegalArgumentException e) {
                        return List.<T>of(); // Not every text can be written.
                    }
                })
                .filter(made -> !made.isEmpty())
                .map(made -> made.get(0));
    }

    private static Arbitrary<String> comments() {
        return writable(texts(), text -> {
            DsnText.requireComment(text);
            return text;
        });
    }

    private static Arbitrary<MtaName> names() {
        Arbitrary<MtaName> names =
                writable(texts(), name -> new MtaName(name.contains("日") ? "x-y" : "dns", name, null));
        Arbitrary<MtaName> domains = Arbitraries.of("mx.example.org", "bücher.example", "[192.0.2.1]")
                .map(MtaName::dns);
        return Combinators.combine(Arbitraries.oneOf(names, domains), comments().injectNull(0.5))
                .as((name, comment) -> comment == null || !DsnText.takesComment(name.name(), comment)
                        ? name
                        : name.withComment(comment));
    }

    private static Arbitrary<DsnAddress> addresses() {
        Arbitrary<String> type = Arbitraries.of("rfc822", "utf-8", "x-y");
        return type.flatMap(word -> writable(
                Arbitraries.oneOf(
                        texts(), Arbitraries.of("joe@example.org", "\"a b\\\"\"@é.example", "jörg+=@b.example")),
                address -> new DsnAddress(word, address)));
    }

    private static Arbitrary<DsnStatus> statuses() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 999);
        return Combinators.combine(Arbitraries.of(2, 4, 5), numbers, numbers).as(DsnStatus::new);
    }

    private static Arbitrary<OffsetDateTime> dates() {
        return Arbitraries.longs()
                .between(0, 250_000_000_000L)
                .map(seconds -> OffsetDateTime.ofInstant(
                        java.time.Instant.ofEpochSecond(seconds), ZoneOffset.ofHoursMinutes((int) (seconds % 12), 30)));
    }

    private static Arbitrary<List<DsnField>> extensions() {
        return writable(texts(), text -> new DsnField("X-" + text.length(), text))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<DsnRecipient> recipients() {
        Arbitrary<DsnRecipient.Builder> required = Combinators.combine(
                        addresses(), Arbitraries.of(DsnAction.values()), statuses())
                .as(DsnRecipient::builder);
        Arbitrary<DsnRecipient> first = Combinators.combine(
                        required, dates().injectNull(0.5), writable(texts(), text -> new DiagnosticCode("smtp", text)))
                .as((builder, date, code) -> {
                    DsnRecipient plain = builder.build();
                    return new DsnRecipient(
                            null,
                            plain.finalRecipient(),
                            plain.action(),
                            plain.status(),
                            null,
                            null,
                            code,
                            List.of(new LocalizedDiagnostic("de", code.text()), new LocalizedDiagnostic("zh-tw", "日")),
                            date,
                            null,
                            plain.action() == DsnAction.DELAYED ? date : null,
                            List.of());
                });
        return Combinators.combine(
                        first,
                        addresses().injectNull(0.5),
                        comments().injectNull(0.5),
                        names().injectNull(0.5),
                        comments().injectNull(0.5),
                        extensions())
                .as((recipient, original, comment, remote, log, extensions) -> new DsnRecipient(
                        original,
                        recipient.finalRecipient(),
                        recipient.action(),
                        recipient.status(),
                        comment,
                        remote,
                        recipient.diagnosticCode(),
                        recipient.localizedDiagnostics(),
                        recipient.lastAttemptDate(),
                        log,
                        recipient.willRetryUntil(),
                        extensions));
    }

    @Provide
    Arbitrary<DeliveryStatus> deliveryStatuses() {
        return Combinators.combine(
                        comments().injectNull(0.5),
                        names(),
                        names().injectNull(0.5),
                        names().injectNull(0.5),
                        dates().injectNull(0.5),
                        extensions(),
                        recipients().list().ofMinSize(1).ofMaxSize(3))
                .as(DeliveryStatus::new);
    }

    private static void check(DeliveryStatus expected, String printed) throws SyntaxException {
        assertEquals(expected, DeliveryStatus.parse(printed.getBytes(StandardCharsets.UTF_8)));
        assertTrue(!printed.replace("\r\n", "").matches("(?s).*[\r\n].*"), printed);
        for (String line : printed.split("\r\n", -1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 998, line);
        }
    }

    @Property(tries = 250)
    void whatIsPrintedReadsAsItWas(@ForAll("deliveryStatuses") DeliveryStatus status) throws SyntaxException {
        check(status, status.print(true));
    }

    @Property(tries = 250)
    void whatIsPrintedInAsciiReadsAsWhatCanBeToldInIt(@ForAll("deliveryStatuses") DeliveryStatus status)
            throws SyntaxException {
        String printed = status.print(false);
        assertTrue(printed.chars().allMatch(c -> c < 0x80), printed);
        check(status.withAsciiText(), printed);
        if (!status.international()) {
            assertEquals(status.print(true), printed);
        }
    }

    @Property(tries = 250)
    void aStatusCodeReadsAsItWas(@ForAll("codes") DsnStatus status) throws SyntaxException {
        assertEquals(status, DsnStatus.parse(status.print()));
    }

    @Provide
    Arbitrary<DsnStatus> codes() {
        return statuses();
    }
}
