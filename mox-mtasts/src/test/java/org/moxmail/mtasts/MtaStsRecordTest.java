package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

class MtaStsRecordTest {
    /** RFC 8461 §3.1. */
    @Test
    void theExampleOfTheStandardIsRead() throws Exception {
        assertEquals(new MtaStsRecord("20160831085700Z"), MtaStsRecord.parse("v=STSv1; id=20160831085700Z;"));
        assertEquals("v=STSv1; id=20160831085700Z;", new MtaStsRecord("20160831085700Z").print());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=STSv1;id=a",
                "v=STSv1 \t; \tid=a \t;\t ",
                "v=STSv1; id=a; id=b",
                "v=STSv1; ext.1_-=!~:/; id=a;",
                "v=STSv1; id=abcdefghijklmnopqrstuvwxyz012345"
            })
    void whatTheGrammarAllowsIsRead(String text) throws Exception {
        MtaStsRecord.parse(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|0",
                "V=STSv1; id=a|0",
                "v=STSv1 id=a|0",
                "v=STSv1x; id=a|0",
                "v=STSv1; id=|12",
                "v=STSv1; id=a-b|12",
                "v=STSv1; id=abcdefghijklmnopqrstuvwxyz0123456|12",
                "v=STSv1; ID=a|13",
                "v=STSv1;; id=a|8",
                "v=STSv1; id=a;; x=y|14",
                "v=STSv1; id=a; x|15",
                "v=STSv1; id=a; x=|17",
                "v=STSv1; id=a; x=a b|17",
                "v=STSv1; id=a; -x=a|15"
            })
    void whatItDoesNotIsRefusedAndToldWhere(String text, int offset) {
        assertEquals(
                offset,
                assertThrows(SyntaxException.class, () -> MtaStsRecord.parse(text))
                        .offset());
    }

    @Property
    void whatIsPrintedIsRead(@ForAll("records") MtaStsRecord record) throws Exception {
        assertEquals(record, MtaStsRecord.parse(record.print()));
    }

    @Provide
    Arbitrary<MtaStsRecord> records() {
        Arbitrary<String> id =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(32);
        Arbitrary<String> name = Combinators.combine(
                        Arbitraries.strings().alpha().numeric().ofLength(1),
                        Arbitraries.strings().alpha().numeric().withChars("_-.").ofMaxLength(31))
                .as(String::concat)
                .filter(text -> !text.equals("id"));
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMinLength(1)
                .ofMaxLength(50)
                .map(text -> text.replace(';', ':').replace('=', '-'));
        Arbitrary<List<Extension>> extensions =
                Combinators.combine(name, value).as(Extension::new).list().ofMaxSize(5);
        return Combinators.combine(id, extensions).as(MtaStsRecord::new);
    }

    @Property
    void anyTextIsARecordOrASyntaxError(@ForAll("noise") String text) {
        try {
            MtaStsRecord record = MtaStsRecord.parse(text);
            assertEquals(record, MtaStsRecord.parse(record.print()));
        } catch (SyntaxException e) {
            assertEquals(true, e.offset() >= 0 && e.offset() <= text.length());
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of("v=STSv1", ";", " ", "\t", "=", "id", "id=a", "x=y", "é", "\0", "v=STSv1;", "-")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static RecordOutcome lookup(ZoneResolver zone) throws Exception {
        return RecordOutcome.lookup(zone, DnsName.parse("example.org"));
    }

    @Test
    void oneRecordIsFoundAmongOtherTexts() throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .cname("_mta-sts.example.org", "sts.provider.example")
                .txt("sts.provider.example", "v=STSv1; id=a;", "something else", "v=STSv12; id=b;");
        assertEquals("a", lookup(zone).record().orElseThrow().id());
    }

    @Test
    void noneSeveralBrokenAndUnansweredAreToldApart() throws Exception {
        assertEquals(RecordStatus.NONE, lookup(new ZoneResolver()).status());
        ZoneResolver zone = new ZoneResolver().txt("_mta-sts.example.org", "v=STSv1; id=a;", "v=STSv1; id=b;");
        assertEquals(RecordStatus.MULTIPLE, lookup(zone).status());
        assertEquals("2 records", lookup(zone).reason());
        zone = new ZoneResolver().txt("_mta-sts.example.org", "v=STSv1; id=a-b;");
        assertEquals(RecordStatus.INVALID, lookup(zone).status());
        zone.fail("_mta-sts.example.org", RecordType.TXT, DnsFailure.SERVFAIL);
        assertEquals(RecordStatus.DNS_FAILURE, lookup(zone).status());
    }

    @Test
    void aParentsRecordIsNotAskedFor() throws Exception {
        ZoneResolver zone = new ZoneResolver().txt("_mta-sts.org", "v=STSv1; id=a;");
        assertEquals(RecordStatus.NONE, lookup(zone).status());
        assertEquals(List.of("TXT _mta-sts.example.org"), zone.asked());
    }
}
