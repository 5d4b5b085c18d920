package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.message.mailbox.MailboxName;

// RFC 9051 §6.3.9
class ListPatternTest {
    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "*, a/b/c, true",
        "%, a, true",
        "%, a/b, false",
        "a/%, a/b, true",
        "a/%, a/b/c, false",
        "a/%/c, a/b/c, true",
        "a*c, a/b/c, true",
        "a*c, a/b, false",
        "%b, ab, true",
        "inbox, Inbox, true",
        "INBOX/x, Inbox/x, true",
        "iNbOx/%, Inbox/x, true",
        "INBO*, Inbox, false",
        "Inbo*, Inbox, true",
        "inbox, Inbox/x, false",
        "Archiv, Archive, false",
        "a, A, false",
        "/a, a, false",
        "日*, 日本語, true"
    })
    void wildcards(String pattern, String name, boolean matches) {
        assertEquals(matches, new ListPattern(pattern).matches(MailboxName.of(name)));
    }

    @ParameterizedTest(name = "{1} under {0} is {2}")
    @CsvSource({"a, b, a/b", "a/, b, a/b", "'', b, b", "a, '', a", "a, /b, a/b", "a/, *, a/*"})
    void aReferenceGoesInFront(String reference, String pattern, String expected) {
        assertEquals(expected, new ListPattern(pattern).under(reference).text());
    }

    @Test
    void aHostilePatternCostsNoMoreThanItsLengthTimesTheNames() {
        String name = "a".repeat(500);
        assertEquals(false, new ListPattern("*a".repeat(400) + "b").matches(MailboxName.of(name)));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab/%*").ofMaxLength(7);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab")
                .ofMinLength(1)
                .ofMaxLength(2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(elements -> String.join("/", elements));
    }

    @Property
    void itMatchesWhatTheDefinitionSays(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        assertEquals(defined(pattern, name), new ListPattern(pattern).matches(MailboxName.of(name)));
    }

    private static boolean defined(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        char p = pattern.charAt(0);
        if (p == '*' || p == '%') {
            return defined(pattern.substring(1), name)
                    || !name.isEmpty() && (p == '*' || name.charAt(0) != '/') && defined(pattern, name.substring(1));
        }
        return !name.isEmpty() && name.charAt(0) == p && defined(pattern.substring(1), name.substring(1));
    }
}
