package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

class SpfRecordTest {
    @ParameterizedTest(name = "{0} is printed as {1}")
    @CsvSource({
        "v=spf1, v=spf1",
        "'V=spf1  ', v=spf1",
        "v=spf1 +A MX ~All, v=spf1 a mx ~all",
        "v=spf1 a:x.org/24//64 a//64 mx/0//0 a:%{d}/8, v=spf1 a:x.org/24//64 a//64 mx/0//0 a:%{d}/8",
        "v=spf1 ip4:0.0.0.0/0 ip4:1.2.3.4/32 ip4:1.2.3.4, v=spf1 ip4:0.0.0.0/0 ip4:1.2.3.4/32 ip4:1.2.3.4",
        "v=spf1 IP6:2001:DB8::0:1 ip6:::ffff:1.2.3.4/96 ip6:::1.2.3.4, v=spf1 ip6:2001:db8::1 ip6:::ffff:1.2.3.4/96 ip6:::102:304",
        "v=spf1 exists:%%.%{l1r+}.%{d}, v=spf1 exists:%%.%{l1r+}.%{d}",
        "v=spf1 exists:%{L001R.-+}, v=spf1 exists:%{L1r.-+}",
        "v=spf1 exists:%{d99999999999}, v=spf1 exists:%{d100000}",
        "v=spf1 Other=x a= all.x=%{c}, v=spf1 Other=x a= all.x=%{c}",
        "v=spf1 REDIRECT=a.Org EXP=b.org., v=spf1 redirect=a.Org exp=b.org.",
        "v=spf1 a:foo:bar/baz.example.com a:a/1.b/2, v=spf1 a:foo:bar/baz.example.com a:a/1.b/2",
        "v=spf1 ptr ptr:x.1-2, v=spf1 ptr ptr:x.1-2",
    })
    void recordsAreReadAndPrinted(String text, String printed) throws Exception {
        SpfRecord record = SpfRecord.parse(text);
        assertEquals(printed, record.print());
        assertEquals(record, SpfRecord.parse(printed));
    }

    @ParameterizedTest(name = "\"{0}\" is refused")
    @ValueSource(
            strings = {
                "",
                "v=spf",
                "v=spf10",
                " v=spf1",
                "v=spf1\t-all",
                "v=spf1 !",
                "v=spf1 ?redirect=a.org",
                "v=spf1 redirect=a.org redirect=a.org",
                "v=spf1 exp=a.org EXP=b.org",
                "v=spf1 ip4:1.2.3.256",
                "v=spf1 ip4:1.2.3",
                "v=spf1 ip4:1.2.3.4/33",
                "v=spf1 ip4:1.2.3.4/08",
                "v=spf1 ip4:01.2.3.4",
                "v=spf1 ip4:1.2.3.4/",
                "v=spf1 ip4:",
                "v=spf1 ip4",
                "v=spf1 ip4:::1",
                "v=spf1 ip6:1.2.3.4",
                "v=spf1 ip6::::",
                "v=spf1 ip6:::1/129",
                "v=spf1 ip6:::1//64",
                "v=spf1 a/33",
                "v=spf1 a//129",
                "v=spf1 a/24/64",
                "v=spf1 a/",
                "v=spf1 a:",
                "v=spf1 a:/24",
                "v=spf1 a:example",
                "v=spf1 a:museum.",
                "v=spf1 a:x.1",
                "v=spf1 a:x._b",
                "v=spf1 a:x.-b",
                "v=spf1 a:x.b-",
                "v=spf1 a:x..",
                "v=spf1 a:%{d}x",
                "v=spf1 a:%{d}.",
                "v=spf1 a:%{x}",
                "v=spf1 a:%{s0}",
                "v=spf1 a:%{s",
                "v=spf1 a:%{}",
                "v=spf1 a:%{dr1}",
                "v=spf1 a:%{d*}",
                "v=spf1 a:%(d)",
                "v=spf1 a:%",
                "v=spf1 a:%{c}",
                "v=spf1 a:%{t}.b",
                "v=spf1 a:x y.org",
                "v=spf1 a:\u00e4.org",
                "v=spf1 all:x.org",
                "v=spf1 all/8",
                "v=spf1 all.",
                "v=spf1 include",
                "v=spf1 include:",
                "v=spf1 exists",
                "v=spf1 ptr/24",
                "v=spf1 ptr:",
                "v=spf1 -",
                "v=spf1 --all",
                "v=spf1 moo",
                "v=spf1 =x",
                "v=spf1 1a=x",
                "v=spf1 exp=",
                "v=spf1 redirect=",
                "v=spf1 x=%",
                "v=spf1 x=%{y}",
                "v=spf1 a:x.org\u0000",
                "v=spf1 redirect:a.org"
            })
    void badRecordsAreRefused(String text) {
        assertThrows(SyntaxException.class, () -> SpfRecord.parse(text));
    }

    @Test
    void errorsSayWhere() {
        SyntaxException e = assertThrows(SyntaxException.class, () -> SpfRecord.parse("v=spf1 a ip6:2001:db8::x -all"));
        assertEquals(23, e.offset());
        e = assertThrows(SyntaxException.class, () -> SpfRecord.parse("v=spf1 a:%{q}.org"));
        assertEquals(11, e.offset());
    }

    @Test
    void partsCanBeAskedFor() throws Exception {
        SpfRecord record = SpfRecord.parse("v=spf1 exp=a.org a x=y redirect=b.org -mx");
        assertEquals("[a, -mx]", record.directives().toString());
        assertEquals("redirect=b.org", record.redirect().orElseThrow().toString());
        assertEquals("exp=a.org", record.explanation().orElseThrow().toString());
        assertTrue(SpfRecord.parse("v=spf1").explanation().isEmpty());
    }

    @Test
    void whatCannotBePublishedCannotBeMade() throws Exception {
        MacroString domain = MacroString.parseDomain("a.org");
        MacroString text = MacroString.parseExplanation("not a domain");
        assertThrows(IllegalArgumentException.class, () -> new Mechanism.Include(MacroString.NONE));
        assertThrows(IllegalArgumentException.class, () -> new Mechanism.Exists(text));
        assertThrows(IllegalArgumentException.class, () -> new Mechanism.A(domain, 33, 0));
        assertThrows(IllegalArgumentException.class, () -> new Mechanism.Ip6(0, 0, 129));
        assertThrows(IllegalArgumentException.class, () -> new Modifier.Unknown("EXP", domain));
        assertThrows(IllegalArgumentException.class, () -> new Modifier.Unknown("a:b", domain));
        assertThrows(IllegalArgumentException.class, () -> new Modifier.Unknown("a", text));
        assertThrows(IllegalArgumentException.class, () -> new Macro.Literal("50%"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SpfRecord(List.of(new Modifier.Redirect(domain), new Modifier.Redirect(domain))));
    }

    @Property
    void parseReadsWhatPrintWrites(@ForAll("records") SpfRecord record) throws Exception {
        assertEquals(record, SpfRecord.parse(record.print()));
    }

    /** Mutations of good records and noise of their characters: a value or a SyntaxException, and print is a fixed point. */
    @Test
    void anyTextIsReadOrRefused() {
        Random random = new Random(7208);
        String alphabet = "v=spf1 aimxptrlcude:/%{}.-+,_=~?0123456789%{ir} redirect= exp= ip6:::\u00e4\u0000A";
        String seed =
                "v=spf1 a:x.org/24//64 -ip4:1.2.3.4/8 ip6:2001:db8::/32 exists:%{l1r+-}.%{d} x=y redirect=%{d2}.org exp=e.org";
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "v=spf1 " : seed);
            for (int edits = random.nextInt(i % 3 == 0 ? 20 : 4); edits >= 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean() || at == text.length()) {
                    text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                } else {
                    text.deleteCharAt(at);
                }
            }
            String record = text.toString();
            try {
                SpfRecord parsed = SpfRecord.parse(record);
                String printed = parsed.print();
                assertEquals(parsed, SpfRecord.parse(printed), record);
                assertEquals(printed, SpfRecord.parse(printed).print(), record);
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= record.length(), record);
            }
        }
        assertTrue(read > 1_000, "only " + read + " were read");
    }

    @Provide
    Arbitrary<SpfRecord> records() {
        Arbitrary<Macro> macros = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("abc.-_/:12")
                        .ofMinLength(1)
                        .ofMaxLength(8)
                        .map(Macro.Literal::new),
                Arbitraries.of(Macro.Escape.class),
                Combinators.combine(
                                Arbitraries.of(Macro.Letter.class).filter(letter -> !letter.explanationOnly()),
                                Arbitraries.of(true, false),
                                Arbitraries.integers().between(0, Macro.Expansion.MANY),
                                Arbitraries.of(true, false),
                                Arbitraries.strings().withChars(".-+,/_=").ofMaxLength(4))
                        .as(Macro.Expansion::new));
        Arbitrary<MacroString> values = macros.list().ofMaxSize(5).map(MacroString::of);
        Arbitrary<MacroString> domains = Combinators.combine(
                        macros.list().ofMaxSize(4),
                        Arbitraries.of(new Macro.Literal(".org"), new Macro.Literal(".x-1."), Macro.Escape.PERCENT))
                .as((some, last) -> {
                    var all = new ArrayList<>(some);
                    all.add(last);
                    return MacroString.of(all);
                });
        Arbitrary<MacroString> optional = Arbitraries.oneOf(domains, Arbitraries.just(MacroString.NONE));
        Arbitrary<Integer> four = Arbitraries.integers().between(-1, 32);
        Arbitrary<Integer> six = Arbitraries.integers().between(-1, 128);
        Arbitrary<Long> longs = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(0L, 0xffff00000001L));
        Arbitrary<Mechanism> mechanisms = Arbitraries.oneOf(
                Arbitraries.just(new Mechanism.All()),
                domains.map(Mechanism.Include::new),
                domains.map(Mechanism.Exists::new),
                optional.map(Mechanism.Ptr::new),
                Combinators.combine(optional, four, six).as(Mechanism.A::new),
                Combinators.combine(optional, four, six).as(Mechanism.Mx::new),
                Combinators.combine(Arbitraries.integers(), four).as(Mechanism.Ip4::new),
                Combinators.combine(longs, longs, six).as(Mechanism.Ip6::new));
        Arbitrary<Term> terms = Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(Qualifier.class), mechanisms).as(Directive::new),
                Combinators.combine(Arbitraries.of("x", "all", "a.b-c_1", "Redirects"), values)
                        .as(Modifier.Unknown::new));
        return Combinators.combine(
                        terms.list().ofMaxSize(6),
                        domains.map(Modifier.Redirect::new).optional(),
                        domains.map(Modifier.Explanation::new).optional())
                .as((some, redirect, explanation) -> {
                    var all = new ArrayList<Term>(some);
                    redirect.ifPresent(all::add);
                    explanation.ifPresent(all::addFirst);
                    return new SpfRecord(all);
                });
    }
}
