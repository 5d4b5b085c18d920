package org.moxmail.tlsrpt;

import java.util.ArrayList;
import java.util.List;
import org.moxmail.dns.SyntaxException;

/**
 * The TXT record at {@code _smtp._tls}, RFC 8460 §3: where a domain wants reports to go.
 *
 * @param reportUris at least one, in the order of the record. Anybody may publish thousands: a sender uses the first few
 * @param extensions fields that the standard doesn't know, in their order
 */
public record TlsRptRecord(List<TlsReportUri> reportUris, List<Extension> extensions) {
    static final String VERSION = "v=TLSRPTv1";
    static final String RUA = "rua";

    private static final String SECTION = "RFC 8460 §3";

    public TlsRptRecord {
        reportUris = List.copyOf(reportUris);
        extensions = List.copyOf(extensions);
        if (reportUris.isEmpty()) {
            throw new IllegalArgumentException("a record without URI");
        }
    }

    /** A record without extensions. */
    public TlsRptRecord(TlsReportUri... reportUris) {
        this(List.of(reportUris), List.of());
    }

    /**
     * Reads a record. Of several {@code rua} fields, which the grammar allows, all count.
     *
     * @throws SyntaxException when it is none; the offset is in chars
     */
    public static TlsRptRecord parse(String text) throws SyntaxException {
        if (!begins(text)) {
            throw new SyntaxException(0, VERSION + ";", SECTION);
        }
        List<TlsReportUri> uris = new ArrayList<>();
        List<Extension> extensions = new ArrayList<>();
        int at = blanks(text, blanks(text, VERSION.length()) + 1);
        while (at < text.length()) {
            int semicolon = text.indexOf(';', at);
            int end = semicolon < 0 ? text.length() : semicolon;
            // Blanks belong to the delimiter: at the end of the text they are none.
            int last = semicolon < 0 ? end : withoutBlanks(text, at, end);
            field(text, at, last, uris, extensions);
            at = semicolon < 0 ? end : blanks(text, end + 1);
        }
        if (uris.isEmpty()) {
            throw new SyntaxException(text.length(), "a rua field", SECTION);
        }
        return new TlsRptRecord(uris, extensions);
    }

    private static void field(String text, int from, int to, List<TlsReportUri> uris, List<Extension> extensions)
            throws SyntaxException {
        int equals = text.indexOf('=', from);
        if (equals < 0 || equals >= to) {
            throw new SyntaxException(from, "name=value", SECTION);
        }
        String name = text.substring(from, equals);
        if (name.equals(RUA)) {
            uris(text, equals + 1, to, uris);
            return;
        }
        if (!Extension.isName(name)) {
            throw new SyntaxException(from, "a name of 1 to 32 letters, digits, \"_\", \"-\" and \".\"", SECTION);
        }
        String value = text.substring(equals + 1, to);
        if (!Extension.isValue(value)) {
            throw new SyntaxException(equals + 1, "a value without \"=\", \";\" and space", SECTION);
        }
        extensions.add(new Extension(name, value));
    }

    private static void uris(String text, int from, int to, List<TlsReportUri> uris) throws SyntaxException {
        int at = from;
        while (true) {
            int comma = text.indexOf(',', at);
            boolean more = comma >= 0 && comma < to;
            int end = more ? withoutBlanks(text, at, comma) : to;
            try {
                uris.add(TlsReportUri.parse(text.substring(at, end)));
            } catch (SyntaxException e) {
                throw new SyntaxException(at + e.offset(), e.expected(), SECTION);
            }
            if (!more) {
                return;
            }
            // A comma at the end leaves nothing, which is no URI.
            at = Math.min(blanks(text, comma + 1), to);
        }
    }

    /** Whether a TXT record is meant to be one of these: it begins with the version and a semicolon. */
    static boolean begins(String text) {
        if (!text.startsWith(VERSION)) {
            return false;
        }
        int at = blanks(text, VERSION.length());
        return at < text.length() && text.charAt(at) == ';';
    }

    /** The text of the TXT record. {@link #parse} reads it as an equal value. */
    public String print() {
        StringBuilder text = new StringBuilder(VERSION).append("; rua=");
        for (int i = 0; i < reportUris.size(); i++) {
            text.append(i == 0 ? "" : ",").append(reportUris.get(i).print());
        }
        for (Extension extension : extensions) {
            text.append("; ").append(extension.name()).append('=').append(extension.value());
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

    private static int withoutBlanks(String text, int from, int to) {
        int at = to;
        while (at > from && isBlank(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
