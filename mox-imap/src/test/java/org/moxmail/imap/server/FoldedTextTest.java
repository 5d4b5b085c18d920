package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;

/** Searching octets of folded text finds what searching the text finds. */
class FoldedTextTest {
    /** Letters that differ in case, of all lengths in UTF-8, folded into ASCII, and octets that were no UTF-8. */
    private static final String LETTERS =
            "aAbkK\u212a\u017fsSiI\u0130\u0131\u00e9\u00c9\u03c3\u03c2\u03a3\ud801\udc00\ud801\udc28\udcff\udc80?";

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of(LETTERS.codePoints().mapToObj(Character::toString).toList())
                .list()
                .ofMaxSize(12)
                .map(letters -> String.join("", letters));
    }

    @Provide
    static Arbitrary<String> needles() {
        return Arbitraries.of(LETTERS.codePoints().mapToObj(Character::toString).toList())
                .list()
                .ofMaxSize(3)
                .map(letters -> String.join("", letters));
    }

    @Property(tries = 20_000)
    void foundInOctetsAsInText(@ForAll("texts") String text, @ForAll("needles") String wanted) {
        Needle needle = new Needle(wanted);
        assertEquals(needle.in(text), needle.inFolded(FoldedText.of(text)));
    }

    /** A message of which only the subject is known. */
    private record Subject(@Nullable String subject, Map<MessageForm, byte[]> forms) implements MessageRow {
        Subject(@Nullable String subject) {
            this(subject, new HashMap<>());
        }

        @Override
        public Envelope envelope() {
            return new Envelope(
                    null, subject, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
        }

        @Override
        public byte @Nullable [] kept(MessageForm form) {
            return forms.get(form);
        }

        @Override
        public void keep(MessageForm form, byte[] octets) {
            forms.put(form, octets);
        }

        @Override
        public long messageId() {
            return 1;
        }

        @Override
        public long uid() {
            return 1;
        }

        @Override
        public long modSeq() {
            return 1;
        }

        @Override
        public Flags flags() {
            return Flags.NONE;
        }

        @Override
        public long sizeBytes() {
            return 1;
        }

        @Override
        public long internalDateMillis() {
            return 1;
        }

        @Override
        public long saveDateMillis() {
            return 1;
        }

        @Override
        public MessageDetails details() {
            throw new AssertionError("nobody needs them");
        }

        @Override
        public MessageContent content() {
            throw new AssertionError("nobody needs it");
        }
    }

    private static boolean contains(@Nullable String subject, String wanted) throws java.io.IOException {
        Subject row = new Subject(subject);
        boolean made = Subjects.contains(row, new Needle(wanted));
        assertEquals(made, Subjects.contains(row, new Needle(wanted)), "made and kept");
        return made;
    }

    // RFC 9051 §6.4.4: without regard to case; RFC 2047: also what encoded words say.
    @Test
    void aSubjectIsSearchedAsItStandsAndDecoded() throws Exception {
        String encoded = "Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= an ALLE";
        assertTrue(contains(encoded, "gr\u00fc\u00dfe AN"));
        assertTrue(contains(encoded, "=?UTF-8?q?"));
        assertFalse(contains(encoded, "alleRe"));
        assertFalse(contains(encoded, "alle\u00ff"));
        assertTrue(contains("Lunch", "LUNCH"));
        assertFalse(contains("Lunch", "lunches"));
    }

    @Test
    void anEmptyWordIsInEverySubjectThatThereIs() throws Exception {
        assertTrue(contains("", ""));
        assertTrue(contains("a", ""));
        assertFalse(contains(null, ""));
        assertFalse(contains("", "a"));
    }
}
