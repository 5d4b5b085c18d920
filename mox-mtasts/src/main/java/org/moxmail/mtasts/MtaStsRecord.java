package org.moxmail.mtasts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.SyntaxException;

/**
 * The TXT record at {@code _mta-sts}, RFC 8461 §3.1: it says that there is a policy, and by its id which.
 *
 * @param id 1 to 32 ASCII letters and digits; another id means another policy, and order means nothing
 * @param extensions fields that the standard doesn't know, in their order; values have no {@code =}, {@code ;}, space or
 *     control
 */
public record MtaStsRecord(String id, List<Extension> extensions) {
    static final String VERSION = "v=STSv1";

    private static final String SECTION = "RFC 8461 §3.1";

    public MtaStsRecord {
        if (!isId(Objects.requireNonNull(id))) {
            throw new IllegalArgumentException("id " + id);
        }
        extensions = List.copyOf(extensions);
        for (Extension extension : extensions) {
            if (!isValue(extension.value())) {
                throw new IllegalArgumentException("value of extension " + extension.name());
            }
        }
    }

    /** A record without extensions. */
    public MtaStsRecord(String id) {
        this(id, List.of());
    }

    /**
     * Reads a record. Of several ids the first counts.
     *
     * @throws SyntaxException when it is none; the offset is in chars
     */
    public static MtaStsRecord parse(String text) throws SyntaxException {
        if (!begins(text)) {
            throw new SyntaxException(0, VERSION + ";", SECTION);
        }
        String id = "";
        List<Extension> extensions = new ArrayList<>();
        int at = blanks(text, VERSION.length()) + 1;
        while (true) {
            at = blanks(text, at);
            if (at == text.length()) {
                break;
            }
            int end = text.indexOf(';', at);
            end = end < 0 ? text.length() : end;
            int last = end;
            while (last > at && isBlank(text.charAt(last - 1)) && end < text.length()) {
                last--;
            }
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals >= last) {
                throw new SyntaxException(at, "name=value", SECTION);
            }
            String name = text.substring(at, equals);
            String value = text.substring(equals + 1, last);
            if (name.equals("id")) {
                if (!isId(value)) {
                    throw new SyntaxException(equals + 1, "an id of 1 to 32 letters and digits", SECTION);
                }
                id = id.isEmpty() ? value : id;
            } else {
                if (!Extension.isName(name)) {
                    throw new SyntaxException(at, "a name of 1 to 32 letters, digits, \"_\", \"-\" and \".\"", SECTION);
                }
                if (!isValue(value)) {
                    throw new SyntaxException(equals + 1, "a value without \"=\", \";\" and space", SECTION);
                }
                extensions.add(new Extension(name, value));
            }
            if (end == text.length()) {
                break;
            }
            at = end + 1;
        }
        if (id.isEmpty()) {
            throw new SyntaxException(text.length(), "an id", SECTION);
        }
        return new MtaStsRecord(id, extensions);
    }

    /** Whether a TXT record is meant to be one of these: it begins with the version and a semicolon. */
    static boolean begins(String text) {
        if (!text.startsWith(VERSION)) {
            return false;
        }
        int at = blanks(text, VERSION.length());
        return at < text.length() && text.charAt(at) == ';';
    }

    /** The text of the TXT record. */
    public String print() {
        StringBuilder text =
                new StringBuilder(VERSION).append("; id=").append(id).append(';');
        for (Extension extension : extensions) {
            text.append(' ')
                    .append(extension.name())
                    .append('=')
                    .append(extension.value())
                    .append(';');
        }
        return text.toString();
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= 32 && text.chars().allMatch(Extension::isAlphanumeric);
    }

    private static boolean isValue(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '=' && c != ';');
    }
}
