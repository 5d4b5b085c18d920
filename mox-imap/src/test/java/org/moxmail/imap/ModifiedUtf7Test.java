package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;

// RFC 3501 §5.1.3
class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INBOX | INBOX",
                "~peter/mail/&U,BTFw-/&ZeVnLIqe- | ~peter/mail/台北/日本語",
                "&- | &",
                "a&-b | a&b",
                "&-- | &-",
                "&AOk- | é",
                "&AOkA6Q- | éé",
                "&AOk-&- | é&",
                "&-&AOk- | &é",
                "&AOk-a&AOk- | éaé",
                "Entw&APw-rfe | Entwürfe",
                "&2D3eAA- | 😀",
                "&AH8- | \u007f",
                "&Jjo-! | ☺!"
            })
    void namesAreWrittenAndRead(String text, String name) throws SyntaxException {
        assertEquals(text, ModifiedUtf7.encode(name));
        assertEquals(name, ModifiedUtf7.decode(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&", // no end
                "&AOk", // no end
                "a&AOk", // no end
                "&AOk-&AOk-", // superfluous shift
                "&Jjo-&Jjo-", // RFC 3501 §5.1.3's own example of one
                "&AGE-", // an encoded a
                "&ACY-", // an encoded ampersand
                "&AO-", // half a character
                "&AOkA-", // one character and a half
                "&AOl-", // bits left over
                "&A-", // less than an octet
                "&!-", // no base64
                "&AO/p-", // the slash of another base64
                "&AOk=-", // padding
                "&2D0-", // half a surrogate pair
                "&3gA-", // the other half
                "&3gDYPQ-", // swapped
                "&é-"
            })
    void otherSpellingsAreRefused(String text) {
        assertThrows(SyntaxException.class, () -> ModifiedUtf7.decode(text));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab&-/,+ é€\u0001\u007f").ofMaxLength(12),
                Arbitraries.integers()
                        .between(1, 0x10ffff)
                        .filter(c -> c < 0xd800 || c > 0xdfff)
                        .map(Character::toString)
                        .list()
                        .ofMaxSize(6)
                        .map(list -> String.join("", list)));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void everyNameComesBack(@ForAll("names") String name) throws SyntaxException {
        String text = ModifiedUtf7.encode(name);
        text.chars().forEach(c -> assertEquals(true, c >= 0x20 && c < 0x7f));
        assertEquals(name, ModifiedUtf7.decode(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("&&&-AOkJjo2D3e,+a").ofMaxLength(10);
    }

    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadHasOneSpelling(@ForAll("texts") String text) {
        String name;
        try {
            name = ModifiedUtf7.decode(text);
        } catch (SyntaxException e) {
            return;
        }
        assertEquals(text, ModifiedUtf7.encode(name));
    }
}
