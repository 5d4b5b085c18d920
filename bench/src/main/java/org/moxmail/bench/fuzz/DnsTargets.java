package org.moxmail.bench.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/** The parsers of mox-dns. */
final class DnsTargets {
    private DnsTargets() {}

    static List<FuzzTarget> all() {
        return List.of(FuzzTarget.of(
                "dns-name",
                ". - _ xn-- xn--bcher-kva ä ß ﬀ \u0345 \u200d \u200c \u05d0 \u0661 。 ． 1.2.3.4 0x7f * @ é \ud83d\ude00"
                        + " İ 漢",
                List.of(
                        "example.org",
                        "bücher.example",
                        "xn--bcher-kva.example",
                        "_dmarc.example.org",
                        "faß.de",
                        "\u05d0\u05d1.example",
                        "日本語。ＪＰ",
                        "xn--wgv71a119e.jp",
                        "a-b.c3.example",
                        "क\u094d\u200dष.example",
                        "1.2.3.4"),
                DnsTargets::name));
    }

    private static int name(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        int outcome = 0;
        try {
            DnsName name = DnsName.parse(text);
            Texts.same("the ASCII form is read alike", name, DnsName.parse(name.ascii()));
            Texts.same("the Unicode form is read alike", name, DnsName.parse(name.unicode()));
            Texts.same(
                    "the Unicode form is final",
                    name.unicode(),
                    DnsName.parse(name.unicode()).unicode());
            outcome = 1 + name.labels().size() + (name.international() ? 100 : 0);
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            DnsName name = DnsName.parseLax(text);
            Texts.same("the ASCII form is read alike, lax", name, DnsName.parseLax(name.ascii()));
        } catch (SyntaxException e) {
            outcome += 7 * Texts.kind(e.expected());
        }
        try {
            DnsName name = DnsName.forLookup(text);
            Texts.same("the ASCII form is looked up alike", name, DnsName.forLookup(name.ascii()));
        } catch (SyntaxException e) {
            outcome += 31 * Texts.kind(e.expected());
        }
        return outcome;
    }
}
