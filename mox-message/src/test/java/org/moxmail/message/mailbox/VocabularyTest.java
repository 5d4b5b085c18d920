package org.moxmail.message.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
import org.moxmail.message.HeaderText;

/** Flags, names of mailboxes, and octets of headers as text. */
final class VocabularyTest {
    @Provide
    Arbitrary<Set<String>> words() {
        return Arbitraries.of("\\Seen", "\\Deleted", "$Forwarded", "$Junk", "$MDNSent", "a", "b", "work", "$x")
                .set();
    }

    private static Flags flags(Set<String> words) {
        int bits = 0;
        TreeSet<String> keywords = new TreeSet<>();
        for (String word : words) {
            int bit = Flags.bit(word);
            bits |= bit;
            if (bit == 0) {
                keywords.add(word);
            }
        }
        return Flags.of(bits, keywords);
    }

    @Property(tries = 500)
    void flagsAreSetsOfWords(@ForAll("words") Set<String> a, @ForAll("words") Set<String> b) {
        Set<String> plus = new TreeSet<>(a);
        plus.addAll(b);
        Set<String> minus = new TreeSet<>(a);
        minus.removeAll(b);
        assertEquals(a, Set.copyOf(flags(a).words()));
        assertEquals(flags(plus), flags(a).plus(flags(b)));
        assertEquals(flags(minus), flags(a).minus(flags(b)));
        assertEquals(flags(plus), new FlagEdit(FlagEdit.Mode.ADD, flags(b)).apply(flags(a)));
        assertEquals(flags(minus), new FlagEdit(FlagEdit.Mode.REMOVE, flags(b)).apply(flags(a)));
        assertEquals(flags(b), new FlagEdit(FlagEdit.Mode.REPLACE, flags(b)).apply(flags(a)));
        assertEquals(flags(a).equals(flags(b)), a.equals(b));
        assertEquals(flags(plus).hashCode(), flags(a).plus(flags(b)).hashCode());
    }

    @Test
    void keywordsAreLowerCaseAndWellKnownOnesAreBits() {
        Flags flags = Flags.of(Flags.SEEN, List.of("Work", "WORK", "$junk", "a"));
        assertEquals(List.of("a", "work"), flags.keywords());
        assertTrue(flags.has(Flags.SEEN | Flags.JUNK));
        assertEquals("\\Seen $Junk a work", flags.toString());
        assertThrows(IllegalArgumentException.class, () -> Flags.of(1 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a(", "\\Seen", "a]", "ü", "a*", "a%", "a\"", "a{", "a\u007f"})
    void whatIsNoAtomIsNoKeyword(String word) {
        assertThrows(IllegalArgumentException.class, () -> Flags.of(0, List.of(word)));
    }

    @Test
    void keywordsAreLimited() {
        assertTrue(Flags.isKeyword("a".repeat(Flags.MAX_KEYWORD)));
        assertEquals(false, Flags.isKeyword("a".repeat(Flags.MAX_KEYWORD + 1)));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "inbox, Inbox",
        "INBOX/a, Inbox/a",
        "inboxes, inboxes",
        "a/inbox, a/inbox",
        "ü/漢, ü/漢",
        "a b/c.d, a b/c.d"
    })
    void theFirstElementInboxIsInAnyCase(String text, String name) throws SyntaxException {
        assertEquals(name, MailboxName.parse(text).toString());
        assertEquals(MailboxName.parse(text), MailboxName.parse(name));
        assertEquals(text.equalsIgnoreCase("inbox"), MailboxName.parse(text).isInbox());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "a/", "/a", "a//b", ".", "..", "a/../b", "#a", "a\u0000", "a\nb", "a\u007f", "a\u0085",
                "\u2028", "u\u0308", "\ud800"
            })
    void whatIsNoNameIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> MailboxName.parse(text));
        assertThrows(IllegalArgumentException.class, () -> MailboxName.of(text));
    }

    @Test
    void namesAreLimitedInOctets() {
        assertEquals(1000, MailboxName.of("ü".repeat(500)).toString().length() * 2);
        assertThrows(SyntaxException.class, () -> MailboxName.parse("a" + "ü".repeat(500)));
    }

    @Test
    void namesAreBelowOneAnother() {
        MailboxName name = MailboxName.of("a/b/c");
        assertEquals(Optional.of(MailboxName.of("a/b")), name.parent());
        assertEquals(Optional.empty(), MailboxName.of("a").parent());
        assertTrue(name.isBelow(MailboxName.of("a")));
        assertEquals(false, MailboxName.of("ab").isBelow(MailboxName.of("a")));
        assertEquals(false, name.isBelow(name));
        assertEquals(MailboxName.of("x/c"), name.moved(MailboxName.of("a/b"), MailboxName.of("x")));
        assertEquals(MailboxName.of("x"), name.moved(name, MailboxName.of("x")));
        assertThrows(IllegalArgumentException.class, () -> name.moved(MailboxName.of("b"), MailboxName.of("x")));
    }

    @Property(tries = 2000)
    void octetsComeBackFromText(@ForAll byte[] octets) {
        assertArrayEquals(octets, HeaderText.encode(HeaderText.decode(octets, 0, octets.length)));
    }

    @Property(tries = 500)
    void textComesBackFromOctets(@ForAll String text) {
        // Lone surrogates stand for octets, and other halves for nothing.
        String whole = text.codePoints()
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] octets = HeaderText.encode(whole);
        assertEquals(whole, HeaderText.decode(octets, 0, octets.length));
        assertThrows(IllegalArgumentException.class, () -> HeaderText.encode(whole + "\ud800"));
    }
}
