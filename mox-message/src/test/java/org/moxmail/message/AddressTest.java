package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

final class AddressTest {
    @ParameterizedTest(name = "{0} is printed {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, `\"\"`",
                "a., `\"a.\"`",
                ".a, `\".a\"`",
                "a..b, `\"a..b\"`",
                "` `, `\" \"`",
                "<>, `\"<>\"`",
                "a b, `\"a b\"`",
                "a\"b, `\"a\\\"b\"`",
                "a\\b, `\"a\\\\b\"`",
                "a.b, a.b",
                "`azAZ09!#$%&'*+-/=?^_`+'`'+{|}~`, x",
                "jürgen, jürgen",
            })
    void localpartsAreDotStringsWhenTheyCanBe(String value, String printed) throws SyntaxException {
        if (printed.equals("x")) {
            String all = "azAZ09!#$%&'*+-/=?^_`{|}~";
            assertEquals(all, Localpart.ofDecoded(all).print());
            return;
        }
        Localpart localpart = Localpart.ofDecoded(value);
        assertEquals(printed, localpart.print());
        assertEquals(localpart, Localpart.parse(printed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"a",
                "\"a\"b",
                "a b",
                "a..b",
                ".a",
                "a.",
                "a\u0001",
                "\"\u0007\"",
                "a@b",
                "\"\\",
                "a\u0085"
            })
    void whatIsNoLocalpartIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> Localpart.parse(text));
    }

    @Test
    void localpartsAreLimitedInOctets() throws SyntaxException {
        assertTrue(Localpart.parse("a".repeat(64)).withinStrictLimit());
        assertEquals(false, Localpart.parse("a".repeat(65)).withinStrictLimit());
        assertEquals(128, Localpart.parse("é".repeat(64)).value().length() * 2);
        assertThrows(SyntaxException.class, () -> Localpart.parse("a".repeat(129)));
        assertThrows(SyntaxException.class, () -> Localpart.parse("é".repeat(65)));
    }

    @Test
    void localpartsAreComparedInNormalForm() throws SyntaxException {
        assertEquals(Localpart.parse("jos\u00e9"), Localpart.parse("jose\u0301"));
    }

    @Test
    void deliveryReportsSpellLocalpartsInAscii() throws SyntaxException {
        // RFC 6533 §3.
        assertEquals("j\\x{F6}rg\\x{2B}x\\x{1F600}", Localpart.parse("jörg+x😀").printForDsn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b.example",
                "a",
                "a@b@c.example",
                "a@b..example",
                "a@b.example.",
                "a@[192.0.2.1]",
                "a@192.0.2.1",
                "a@b.example ",
                " a@b.example"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> Address.parse(text));
    }

    @Test
    void domainsAreWrittenInAsciiUnlessUnicodeIsAllowed() throws SyntaxException {
        Address address = Address.parse("\"a b\"@BÜCHER.example");
        assertEquals("\"a b\"@xn--bcher-kva.example", address.print(false));
        assertEquals("\"a b\"@bücher.example", address.print(true));
        assertTrue(address.international());
        assertEquals(Address.parse("x@xn--bcher-kva.example"), Address.parse("x@bücher.example"));
    }

    @Test
    void decodedAddressesAreSplitAtTheLastAt() throws SyntaxException {
        assertEquals("\"a@b\"@c.example", Address.parseDecoded("a@b@c.example").toString());
    }

    @Property(tries = 500)
    void addressesComeBackFromPrint(@ForAll("localparts") String localpart) throws SyntaxException {
        Address address = new Address(Localpart.ofDecoded(localpart), org.moxmail.dns.DnsName.parse("b.example"));
        assertEquals(address, Address.parse(address.print(true)));
        assertEquals(address, Address.parseDecoded(address.localpart().value() + "@b.example"));
        // In a header field, too.
        AddressList list = AddressList.parse("x y <" + address.print(true) + ">, " + address.print(true));
        assertEquals(java.util.List.of(address, address), list.addresses());
    }

    @Provide
    Arbitrary<String> localparts() {
        return Arbitraries.strings().withChars("aZ9.\" \\@<>()[],;:+=-éж漢").ofMaxLength(30);
    }

    /** Vectors whose localpart or domain we judge otherwise, with the reason. */
    private static final Map<String, String> JUDGED_OTHERWISE = Map.of(
            "test@255.255.255.255",
            "an IPv4 address is no domain name",
            "test@123.123.123.123",
            "an IPv4 address is no domain name",
            "\"abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefg\\h\"@iana.org",
            "it has 64 octets without quotes and backslash",
            "test@xn--example.com",
            "the label says that it is international, and isn't (RFC 5890 §2.3.2.1)");

    @ParameterizedTest
    @ValueSource(strings = {"isemail.json", "isemail-original.json"})
    void addressVectorsAreJudgedByTheirCategory(String file) throws IOException {
        Set<String> valid = Set.of("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN", "ISEMAIL_RFC5321");
        Map<String, String> wrong = new TreeMap<>();
        int count = 0;
        for (Object row : Json.list(Json.parse(Corpus.text("address/" + file)))) {
            Map<String, Object> vector = Json.object(row);
            String address = (String) java.util.Objects.requireNonNull(vector.get("address"));
            String category = (String) java.util.Objects.requireNonNull(vector.get("category"));
            String diagnosis = (String) java.util.Objects.requireNonNull(vector.get("diagnosis"));
            // Ours are without address literals, which are for SMTP paths alone.
            boolean expected = valid.contains(category) && !address.contains("@[");
            boolean accepted = accepts(address);
            if (expected != accepted && !JUDGED_OTHERWISE.containsKey(address)) {
                wrong.put(address, category + ' ' + diagnosis + (accepted ? " accepted" : " refused"));
            }
            count++;
        }
        assertTrue(count > 50);
        assertEquals(Map.of(), wrong);
    }

    private static boolean accepts(String address) {
        try {
            return Address.parse(address).localpart().withinStrictLimit();
        } catch (SyntaxException e) {
            return false;
        }
    }
}
