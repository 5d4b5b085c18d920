package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.UidSet;

// RFC 9051 §9, sequence-set
class SequenceSetTest {
    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2,4:7,9,12:* | 15 | 2,4:7,9,12:15",
                "*:4,5:7 | 10 | 4:10",
                "3291:* | 10 | 10:3291",
                "*:3291 | 10 | 10:3291",
                "* | 10 | 10",
                "4:2 | 9 | 2:4",
                "3,1,2,2 | 9 | 1:3",
                "1:4294967295 | 9 | 1:4294967295",
                "1:* | 1 | 1"
            })
    void rangesGoEitherWayAndAreJoined(String text, long largest, String expected) throws SyntaxException {
        SequenceSet set = SequenceSet.parse(text);
        assertEquals(text, set.toString());
        assertEquals(expected, set.resolve(largest).toString());
    }

    @Test
    void nothingIsMeantByStarWhenNothingIsThere() throws SyntaxException {
        assertEquals(UidSet.EMPTY, SequenceSet.parse("*,5:*").resolve(0));
        assertEquals(UidSet.of(3), SequenceSet.parse("3,*").resolve(0));
    }

    @Test
    void theSavedResultIsNoSetOfItsOwn() throws SyntaxException {
        SequenceSet saved = SequenceSet.parse("$");
        assertTrue(saved.isSaved());
        assertThrows(IllegalStateException.class, () -> saved.resolve(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "01",
                "1:",
                ":1",
                "1,",
                ",1",
                "1,,2",
                "1:2:3",
                "4294967296",
                "-1",
                "a",
                "1 ",
                "$,1",
                "**",
                "1:$"
            })
    void otherTextIsRefused(String text) {
        assertThrows(SyntaxException.class, () -> SequenceSet.parse(text));
    }

    @Provide
    Arbitrary<SequenceSet> sets() {
        return Values.sets();
    }

    @Property
    void whatIsPrintedIsParsed(@ForAll("sets") SequenceSet set) throws SyntaxException {
        assertEquals(set, SequenceSet.parse(set.toString()));
    }
}
