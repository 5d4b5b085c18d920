package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.moxmail.dns.SyntaxException;

/**
 * The identifier of a message (RFC 5322 §3.6.4) in a canonical form, so that identifiers are equal when mail programs take
 * them to be: in lower case, the left part without needless quotes.
 *
 * @param canonical without the angle brackets
 * @param raw whether the identifier doesn't look like an address, so that but its case was left as it is
 */
public record MessageId(String canonical, boolean raw) {
    private static final String RFC = "RFC 5322 §3.6.4";

    /**
     * Reads the text of a Message-ID field. A comment or other text may follow behind a space, as some programs write.
     *
     * @throws SyntaxException when there is nothing in angle brackets
     */
    public static MessageId parse(String text) throws SyntaxException {
        String id = text.strip();
        if (!id.startsWith("<")) {
            throw new SyntaxException(0, "an opening angle bracket", RFC);
        }
        int end = id.indexOf("> ");
        if (end < 0) {
            if (!id.endsWith(">")) {
                throw new SyntaxException(text.length(), "a closing angle bracket", RFC);
            }
            end = id.length() - 1;
        }
        id = id.substring(1, end).toLowerCase(Locale.ROOT);
        if (id.isEmpty()) {
            throw new SyntaxException(1, "an identifier", RFC);
        }
        return canonical(id);
    }

    private static MessageId canonical(String id) {
        try {
            int at = Localpart.scan(id, 0);
            if (at < id.length() && id.charAt(at) == '@') {
                Localpart left = Localpart.decode(id, 0, at);
                String right = id.substring(at + 1);
                org.moxmail.dns.DnsName.parse(right);
                // The domain stays as it was spelled: it needn't exist, and mapping it would make others' ids differ.
                return new MessageId(left.print() + '@' + right, false);
            }
        } catch (SyntaxException e) {
            // Not like an address, which RFC 5322 doesn't ask for either: §3.6.4 allows domain literals, others
            // anything.
            return new MessageId(id, true);
        }
        return new MessageId(id, true);
    }

    /**
     * The identifiers that a message refers to, in order, in lower case: those of all References fields; only when they
     * have none, the first of the In-Reply-To fields. One that was cut off is left out; white space inside, left by
     * careless folding, is removed.
     *
     * @param references the texts of the References fields
     * @param inReplyTo the texts of the In-Reply-To fields
     */
    public static List<String> referenced(List<String> references, List<String> inReplyTo) {
        List<String> ids = new ArrayList<>();
        references.forEach(text -> collect(text, ids));
        if (ids.isEmpty()) {
            inReplyTo.forEach(text -> collect(text, ids));
            return ids.isEmpty() ? List.of() : List.of(ids.get(0));
        }
        return List.copyOf(ids);
    }

    private static void collect(String text, List<String> ids) {
        int open = text.indexOf('<');
        while (open >= 0) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                return;
            }
            // Of "<cut-off <whole@host>" only the last counts.
            int last = text.lastIndexOf('<', close);
            String id = text.substring(last + 1, close)
                    .replaceAll("[ \\t\\r\\n]", "")
                    .toLowerCase(Locale.ROOT);
            if (!id.isEmpty()) {
                ids.add(id);
            }
            open = text.indexOf('<', close);
        }
    }
}
