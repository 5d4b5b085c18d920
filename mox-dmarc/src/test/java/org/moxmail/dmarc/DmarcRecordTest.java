package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.moxmail.message.Address;

class DmarcRecordTest {
    private static DmarcReading.Usable usable(String txt) {
        return assertInstanceOf(DmarcReading.Usable.class, DmarcReading.of(txt, DmarcStandard.RFC9989));
    }

    private static DmarcReading.Unusable unusable(String txt) {
        return assertInstanceOf(DmarcReading.Unusable.class, DmarcReading.of(txt, DmarcStandard.RFC9989));
    }

    // RFC 9989 §4.7, v: anything else is no record
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v",
                "v=",
                "v=DMARC1.0; p=none",
                "v=DMARC12; p=none",
                "v=dmarc1; p=none",
                "v=DMARC1 p=none",
                "v=DMARC1, p=none",
                " v=DMARC1; p=none",
                "p=none; v=DMARC1",
                "v=spf1 -all",
                "v\u00a0=DMARC1; p=none"
            })
    void onlyTheVersionMakesARecord(String txt) {
        assertFalse(DmarcRecord.isDmarc(txt, DmarcStandard.RFC9989));
        assertThrows(SyntaxException.class, () -> DmarcRecord.parse(txt));
        assertThrows(IllegalArgumentException.class, () -> DmarcReading.of(txt, DmarcStandard.RFC9989));
    }

    // RFC 9989 §4.8 and RFC 7489 §6.4
    @Test
    void blanksMayStandAroundSignsAndSemicolons() throws Exception {
        assertEquals(
                DmarcRecord.builder(DmarcPolicy.REJECT).testing(true).build(),
                DmarcRecord.parse("v \t=  DMARC1\t ;p = reject;\tt= Y ; "));
        assertTrue(DmarcRecord.isDmarc("v=DMARC1", DmarcStandard.RFC9989));
        assertFalse(DmarcRecord.isDmarc("v=DMARC1", DmarcStandard.RFC7489));
        assertTrue(DmarcRecord.isDmarc("v=DMARC1;", DmarcStandard.RFC7489));
    }

    // RFC 9989 §4.8: discarded in favor of default values
    @ParameterizedTest
    @CsvSource({
        "adkim=x, no value of adkim: x",
        "aspf=, no value of aspf:",
        "psd=yes, no value of psd: yes",
        "t=1, no value of t: 1",
        "fo=0:1, no value of fo: 0:1",
        "fo=d:d, no value of fo: d:d",
        "fo=x, no value of fo: x",
        "pct=101, no value of pct: 101",
        "pct=-1, no value of pct: -1",
        "ri=4294967296, no value of ri: 4294967296",
        "rf=bad-, no value of rf: bad-",
        "ruf=bogus, no URI in ruf: bogus",
        "rua=mailto:a@b.example!1x, no URI in rua: mailto:a@b.example!1x",
        "rua=, no URI in rua:",
        "=x, no tag: =x",
        "word, no tag: word",
        "x1=y, no tag: x1=y"
    })
    void whatCantBeReadHasItsDefault(String tag, String fault) {
        DmarcReading.Usable reading = usable("v=DMARC1; p=reject; " + tag + "; sp=none");
        assertEquals(
                DmarcRecord.builder(DmarcPolicy.REJECT)
                        .subdomainPolicy(DmarcPolicy.NONE)
                        .build(),
                reading.record());
        assertEquals(1, reading.faults().size());
        assertEquals(fault, reading.faults().getFirst().reason().strip());
    }

    // RFC 9989 §4.7
    @Test
    void unknownTagsAreIgnored() {
        DmarcReading.Usable reading = usable("v=DMARC1; x=1; p=reject; foo = bar baz; x=2");
        assertEquals(DmarcRecord.builder(DmarcPolicy.REJECT).build(), reading.record());
        assertEquals(List.of(), reading.faults());
    }

    // RFC 7489 doesn't know the tags of RFC 9989
    @Test
    void tagsOfTheNewStandardAreUnknownToTheOld() throws Exception {
        DmarcRecord old = DmarcRecord.parse("v=DMARC1; p=reject; np=bad; psd=y; t=y; t=y", DmarcStandard.RFC7489);
        assertEquals(DmarcRecord.builder(DmarcPolicy.REJECT).build(), old);
    }

    // RFC 9989 §4.10.1
    @ParameterizedTest
    @ValueSource(strings = {"", "p=bogus; ", "sp=reject; ", "p=reject; sp=bad; ", "p=reject; np=; ", "p=none reject; "})
    void withoutAPolicySomebodyMustGetReports(String tags) {
        DmarcReading.Usable reported = usable("v=DMARC1; " + tags + "rua=bogus,mailto:a@example.com; psd=n");
        assertEquals(DmarcPolicy.NONE, reported.record().policy());
        assertEquals(DmarcPolicy.NONE, reported.record().policyBelow(true));
        assertEquals(DmarcPolicy.NONE, reported.record().policyBelow(false));
        assertFalse(reported.faults().isEmpty());
        assertEquals(
                PsdFlag.NO, unusable("v=DMARC1; " + tags + "rua=bogus; psd=n").psd());
    }

    // RFC 6376 §3.2: the entire tag-list is invalid
    @Test
    void noTagMayStandTwice() {
        TagFault fault = unusable("v=DMARC1; p=reject; rua=mailto:a@example.com; p=reject")
                .fault();
        assertEquals("the tag p twice at offset 46", fault.toString());
    }

    @Test
    void policiesBelow() throws Exception {
        DmarcRecord all = DmarcRecord.parse("v=DMARC1; p=none; sp=quarantine; np=reject");
        assertEquals(DmarcPolicy.QUARANTINE, all.policyBelow(true));
        assertEquals(DmarcPolicy.REJECT, all.policyBelow(false));
        DmarcRecord some = DmarcRecord.parse("v=DMARC1; p=none; sp=quarantine");
        assertEquals(DmarcPolicy.QUARANTINE, some.policyBelow(false));
        assertEquals(DmarcPolicy.REJECT, DmarcRecord.parse("v=DMARC1; p=reject").policyBelow(false));
    }

    @Test
    void builtRecordsAreValid() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DmarcRecord.builder(DmarcPolicy.NONE).percent(101).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> DmarcRecord.builder(DmarcPolicy.NONE).failureOptions().build());
        assertThrows(
                IllegalArgumentException.class,
                () -> DmarcRecord.builder(DmarcPolicy.NONE)
                        .failureFormats("a;b")
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> DmarcRecord.builder(DmarcPolicy.NONE).reportInterval(-1).build());
        assertThrows(IllegalArgumentException.class, () -> new ReportUri("mailto:a,b@c", OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "mailto:a@example.com, a@example.com, example.com",
        "mailto:a%21b@example.com?subject=x, a!b@example.com, example.com",
        "mailto:a%2Cb@example.com, , ",
        "MAILTO:%C3%BC@b%C3%BCcher.example, ü@bücher.example, bücher.example",
        "mailto:nobody, , ",
        "https://user@rep.example:8443/dmarc?x, , rep.example",
        "https://192.0.2.1/, , ",
        "news:x, , "
    })
    void urisHaveAddressesAndHosts(String uri, String address, String host) throws Exception {
        ReportUri parsed = ReportUri.parse(uri);
        assertEquals(Optional.ofNullable(address), parsed.address().map(found -> found.print(true)));
        assertEquals(Optional.ofNullable(host), parsed.host().map(Object::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:",
                "a@example.com",
                "1x:y",
                "mailto:a b@example.com",
                "mailto:%zz@example.com",
                "mailto:%4",
                "mailto:\u00fc@example.com",
                "mailto:%\uff11\uff11",
                "mailto:a@example.com!",
                "mailto:a@example.com!9223372036854775808",
                "mailto:a@example.com!9007199254740992k",
                "mailto:a@example.com!10mm",
                "mailto:a@example.com!1!2"
            })
    void whatIsNoUri(String text) {
        assertThrows(SyntaxException.class, () -> ReportUri.parse(text));
    }

    @Test
    void anyMailboxHasAUri() throws Exception {
        Address address = Address.parse("\"a,!; %\"@bücher.example");
        ReportUri uri = ReportUri.mailto(address);
        assertEquals("mailto:%22a%2C%21%3B%20%25%22@b%C3%BCcher.example", uri.print());
        assertEquals(Optional.of(address), uri.address());
    }

    @Test
    void aGiantRecordIsReadOnce() {
        usable("v=DMARC1; p=none" + "; x=y".repeat(13_000));
        unusable("v=DMARC1" + ";".repeat(65_000));
        usable("v=DMARC1; p=none; fo=" + "d:".repeat(30_000));
        usable("v=DMARC1; p=none; rf=" + "a:".repeat(30_000));
        assertEquals(
                4000,
                usable("v=DMARC1; rua=" + "mailto:a@b.test,".repeat(4000).replaceAll(",$", ""))
                        .record()
                        .aggregateReports()
                        .size());
        DmarcReading.Usable faulty = usable("v=DMARC1; p=none" + ";;".repeat(30_000));
        assertTrue(faulty.faults().size() <= 20);
    }

    @Property
    void whatIsPrintedIsReadAlike(@ForAll("records") DmarcRecord record) throws SyntaxException {
        assertEquals(record, DmarcRecord.parse(record.print()));
        DmarcRecord old = DmarcRecord.parse(record.print(), DmarcStandard.RFC7489);
        assertEquals(old, DmarcRecord.parse(old.print(), DmarcStandard.RFC7489));
        assertEquals(List.of(), usable(record.print()).faults());
    }

    @Property(tries = 3000)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        for (DmarcStandard standard : DmarcStandard.values()) {
            readOrRefuse(text, standard);
        }
    }

    private static void readOrRefuse(String text, DmarcStandard standard) {
        try {
            DmarcRecord record = DmarcRecord.parse(text, standard);
            assertEquals(record, DmarcRecord.parse(record.print(), standard), text);
        } catch (SyntaxException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= text.length(), text);
        }
    }

    @Test
    void mutatedRecordsAreReadOrRefused() {
        List<String> seeds = List.of(
                "v=DMARC1; p=reject; sp=none; np=quarantine; psd=u; t=y; adkim=s; aspf=r",
                "v=DMARC1; p=none; rua=mailto:a@example.com!10m,https://b.example/x; ruf=mailto:c%2C@example.com",
                "v=DMARC1; p=none; fo=1:d:s; rf=afrf:iodef; ri=3600; pct=42");
        String alphabet = ";=,:!% \tvDMARC1pstnfo0yu\u00e9\0";
        Random random = new Random(4711);
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                int at = 8 + random.nextInt(text.length() - 8);
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                }
            }
            for (DmarcStandard standard : DmarcStandard.values()) {
                readOrRefuse(text.toString(), standard);
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "v=DMARC1",
                        ";",
                        "; ",
                        "p",
                        "sp",
                        "np",
                        "rua",
                        "fo",
                        "=",
                        "reject",
                        "none",
                        "mailto:a@b.test",
                        ",",
                        "!10m",
                        " ",
                        "x",
                        "psd=y",
                        "\u00ff",
                        "pct=50",
                        ":",
                        "0",
                        "d")
                .list()
                .ofMaxSize(25)
                .map(words -> "v=DMARC1;" + String.join("", words));
    }

    @Provide
    Arbitrary<DmarcRecord> records() {
        Arbitrary<Optional<DmarcPolicy>> policies =
                Arbitraries.of(DmarcPolicy.class).optional();
        Arbitrary<List<ReportUri>> uris = Combinators.combine(
                        Arbitraries.of("mailto:a@example.com", "https://x.example/%21?a=b", "mailto:%C3%BC@ü.example"),
                        Arbitraries.longs().greaterOrEqual(0).optional())
                .as((uri, size) -> new ReportUri(
                        uri.replace("ü", "xn--tda"),
                        size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty()))
                .list()
                .ofMaxSize(3);
        Arbitrary<List<FailureOption>> options = Arbitraries.of(FailureOption.class)
                .set()
                .ofMinSize(1)
                .filter(set -> !set.containsAll(Arrays.asList(FailureOption.ALL, FailureOption.ANY)))
                .map(List::copyOf);
        Arbitrary<DmarcRecord> policyPart = Combinators.combine(
                        Arbitraries.of(DmarcPolicy.class),
                        policies,
                        policies,
                        Arbitraries.of(PsdFlag.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(AlignmentMode.class),
                        Arbitraries.of(AlignmentMode.class))
                .as((p, sp, np, psd, t, adkim, aspf) -> {
                    DmarcRecord.Builder builder = DmarcRecord.builder(p)
                            .psd(psd)
                            .testing(t)
                            .dkimAlignment(adkim)
                            .spfAlignment(aspf);
                    sp.ifPresent(builder::subdomainPolicy);
                    np.ifPresent(builder::nonexistentPolicy);
                    return builder.build();
                });
        return Combinators.combine(
                        policyPart,
                        uris,
                        uris,
                        options,
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.of(List.of("afrf"), List.of("iodef", "afrf"), List.of("x-1")),
                        Arbitraries.longs().between(0, 0xffff_ffffL))
                .as((part, rua, ruf, fo, pct, rf, ri) -> new DmarcRecord(
                        part.policy(),
                        part.subdomainPolicy(),
                        part.nonexistentPolicy(),
                        part.psd(),
                        part.testing(),
                        part.dkimAlignment(),
                        part.spfAlignment(),
                        rua,
                        ruf,
                        fo,
                        pct,
                        rf,
                        ri));
    }
}
