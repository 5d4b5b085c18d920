package org.moxmail.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The Received-SPF header field, RFC 7208 §9.1.
 *
 * @param comment what stands in parentheses after the result, without them; empty for none. Control characters are not in it.
 * @param pairs keys and values in their order
 */
public record ReceivedSpf(SpfResult result, String comment, List<Pair> pairs) {
    /** The field's name. */
    public static final String NAME = "Received-SPF";

    /** Chars of a value at most when {@link #of} makes it: a line has at most 998 octets, RFC 5322 §2.1.1. */
    static final int VALUE = 200;

    /** The field's body is folded so that lines have no more chars than this, where values allow, RFC 5322 §2.1.1. */
    private static final int LINE = 76;

    /**
     * A key with its value.
     *
     * @param key a letter, then letters, digits, {@code -}, {@code _} and {@code .}; the standard's are in lower case
     * @param value without quotes and escapes; no control characters
     */
    public record Pair(String key, String value) {
        public Pair {
            if (key.isEmpty() || SpfParser.nameEnd(key, 0, key.length()) != key.length()) {
                throw new IllegalArgumentException("key " + key);
            }
            requirePrintable(value);
        }
    }

    public ReceivedSpf {
        Objects.requireNonNull(result);
        requirePrintable(comment);
        pairs = List.copyOf(pairs);
    }

    /**
     * The field that tells an outcome. What the client sent is cut and cleaned of control characters; the sender is the one that was
     * checked, with "postmaster" where it had no local part.
     */
    public static ReceivedSpf of(SpfOutcome outcome, SpfRequest request) {
        String sender =
                request.localpart() + "@" + outcome.domain().map(DnsName::ascii).orElse(request.domain());
        String ip = Addresses.print(request.ip());
        List<Pair> pairs = new ArrayList<>();
        pairs.add(new Pair("client-ip", ip));
        if (request.identity() == SpfIdentity.MAIL_FROM || outcome.domain().isPresent()) {
            pairs.add(new Pair("envelope-from", cleaned(sender)));
        }
        if (!request.helo().isEmpty()) {
            pairs.add(new Pair("helo", cleaned(request.helo())));
        }
        if (outcome.result() == SpfResult.TEMPERROR || outcome.result() == SpfResult.PERMERROR) {
            pairs.add(new Pair("problem", cleaned(outcome.reason())));
        }
        if (outcome.decidedBy().isPresent() || outcome.result() == SpfResult.NEUTRAL) {
            pairs.add(new Pair(
                    "mechanism",
                    cleaned(outcome.decidedBy().map(Mechanism::toString).orElse("default"))));
        }
        pairs.add(new Pair("receiver", cleaned(request.receiver())));
        pairs.add(new Pair("identity", request.identity().keyword()));
        return new ReceivedSpf(outcome.result(), cleaned(request.receiver() + ": " + told(outcome, sender, ip)), pairs);
    }

    private static String told(SpfOutcome outcome, String sender, String ip) {
        String domain = "domain of " + sender;
        return switch (outcome.result()) {
            case PASS -> domain + " designates " + ip + " as permitted sender";
            case FAIL -> domain + " does not designate " + ip + " as permitted sender";
            case SOFTFAIL -> domain + " does probably not designate " + ip + " as permitted sender";
            case NEUTRAL -> domain + " says nothing about " + ip;
            case NONE, TEMPERROR, PERMERROR -> outcome.reason();
        };
    }

    /**
     * Reads the body of a field, folded or not.
     *
     * @param body what follows the colon after the field's name; one char may be any Unicode character
     * @throws SyntaxException when it breaks the grammar of RFC 7208 §9.1; the offset is in chars
     */
    public static ReceivedSpf parse(String body) throws SyntaxException {
        return new ReceivedSpfParser(body).field();
    }

    /** The value of a key, which is compared without case; of the first, if there are several. */
    public Optional<String> value(String key) {
        for (Pair pair : pairs) {
            if (pair.key().equalsIgnoreCase(key)) {
                return Optional.of(pair.value());
            }
        }
        return Optional.empty();
    }

    /**
     * The whole field with its name, folded, lines separated by CRLF, without one at the end. {@link #parse} reads its body as an equal
     * field.
     */
    public String print() {
        StringBuilder field = new StringBuilder(NAME).append(": ").append(result.keyword());
        int line = 0;
        if (!comment.isEmpty()) {
            line = word(field, line, commented());
        } else if (pairs.isEmpty()) {
            field.append(' '); // RFC 7208 §9.1: the result is followed by white space
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String value = ReceivedSpfParser.isDotAtom(pair.value()) ? pair.value() : quoted(pair.value());
            line = word(field, line, pair.key() + "=" + value + (i + 1 < pairs.size() ? ";" : ""));
        }
        return field.toString();
    }

    /** Appends a space and a word, or a new line and the word when it doesn't fit. Returns where the line begins. */
    private static int word(StringBuilder field, int line, String word) {
        int begins = line;
        if (field.length() - line + 1 + word.length() > LINE) {
            field.append("\r\n");
            begins = field.length();
        }
        field.append(' ').append(word);
        return begins;
    }

    private String commented() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < comment.length(); i++) {
            char c = comment.charAt(i);
            if (c == '(' || c == ')' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        return text.append(')').toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String cleaned(String text) {
        int length = text.length();
        if (length > VALUE) {
            length = Character.isHighSurrogate(text.charAt(VALUE - 4)) ? VALUE - 4 : VALUE - 3;
        }
        StringBuilder cleaned = new StringBuilder();
        for (int i = 0; i < length; i++) {
            cleaned.append(isPrintable(text.charAt(i)) ? text.charAt(i) : '?');
        }
        return length == text.length() ? cleaned.toString() : cleaned + "...";
    }

    private static void requirePrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                throw new IllegalArgumentException("a control character in Received-SPF");
            }
        }
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && (c < 0x7f || c > 0x9f);
    }
}
