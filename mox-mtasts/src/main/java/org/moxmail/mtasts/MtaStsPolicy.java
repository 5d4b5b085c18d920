package org.moxmail.mtasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * A policy, RFC 8461 §3.2.
 *
 * @param maxAge how long it may be kept after it was fetched, in whole seconds; {@link #MAX_AGE} at most
 * @param mx which hosts may take mail; empty only for mode none
 * @param extensions fields that the standard doesn't know, in their order
 */
public record MtaStsPolicy(PolicyMode mode, Duration maxAge, List<MxPattern> mx, List<Extension> extensions) {
    /** The longest that a policy is kept: 31,557,600 s, about a year, RFC 8461 §3.2. */
    public static final Duration MAX_AGE = Duration.ofHours(8766);

    private static final String SECTION = "RFC 8461 §3.2";

    public MtaStsPolicy {
        Objects.requireNonNull(mode);
        if (maxAge.isNegative() || maxAge.compareTo(MAX_AGE) > 0 || maxAge.toNanosPart() != 0) {
            throw new IllegalArgumentException("max_age " + maxAge);
        }
        mx = List.copyOf(mx);
        extensions = List.copyOf(extensions);
        if (mx.isEmpty() && mode != PolicyMode.NONE) {
            throw new IllegalArgumentException("no mx");
        }
        for (Extension extension : extensions) {
            if (!isValue(extension.value())) {
                throw new IllegalArgumentException("value of extension " + extension.name());
            }
        }
    }

    /**
     * Reads a policy. Of a field that comes twice, other than {@code mx}, the first counts. A {@code max_age} beyond {@link
     * #MAX_AGE} is taken for that.
     *
     * @throws SyntaxException when it is none; the offset is in chars
     */
    public static MtaStsPolicy parse(String text) throws SyntaxException {
        Reader reader = new Reader();
        int at = 0;
        while (at < text.length()) {
            int lf = text.indexOf('\n', at);
            int next = lf < 0 ? text.length() : lf + 1;
            int end = lf < 0 ? text.length() : lf > at && text.charAt(lf - 1) == '\r' ? lf - 1 : lf;
            while (end > at && isBlank(text.charAt(end - 1))) {
                end--;
            }
            reader.field(text, at, end);
            at = next;
        }
        return reader.policy(text.length());
    }

    /** The policy's text, lines ending in CRLF. */
    public String print() {
        StringBuilder text = new StringBuilder("version: STSv1\r\nmode: ")
                .append(mode.keyword())
                .append("\r\nmax_age: ")
                .append(maxAge.toSeconds())
                .append("\r\n");
        for (MxPattern pattern : mx) {
            text.append("mx: ").append(pattern.print()).append("\r\n");
        }
        for (Extension extension : extensions) {
            text.append(extension.name()).append(": ").append(extension.value()).append("\r\n");
        }
        return text.toString();
    }

    /** Whether a host that DNS names as mail exchange may take mail, RFC 8461 §4.1. */
    public boolean matches(DnsName host) {
        return mx.stream().anyMatch(pattern -> pattern.matches(host));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Visible at both ends, no controls in between: {@code sts-policy-ext-value}. */
    private static boolean isValue(String text) {
        return !text.isEmpty()
                && text.charAt(0) != ' '
                && text.charAt(text.length() - 1) != ' '
                && text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    }

    private static final class Reader {
        private boolean version;
        private @Nullable PolicyMode mode;
        private @Nullable Duration maxAge;
        private final List<MxPattern> mx = new ArrayList<>();
        private final List<Extension> extensions = new ArrayList<>();

        void field(String text, int at, int end) throws SyntaxException {
            int colon = text.indexOf(':', at);
            if (colon < 0 || colon >= end) {
                throw new SyntaxException(at, "key: value", SECTION);
            }
            int start = colon + 1;
            while (start < end && isBlank(text.charAt(start))) {
                start++;
            }
            String name = text.substring(at, colon);
            String value = text.substring(start, end);
            switch (name) {
                case "version" -> version(value, start);
                case "mode" -> mode(value, start);
                case "max_age" -> maxAge(value, start);
                case "mx" -> mx(value, start);
                default -> extension(name, value, at, start);
            }
        }

        private void version(String value, int at) throws SyntaxException {
            if (!version && !value.equals("STSv1")) {
                throw new SyntaxException(at, "STSv1", SECTION);
            }
            version = true;
        }

        private void mode(String value, int at) throws SyntaxException {
            if (mode != null) {
                return;
            }
            for (PolicyMode known : PolicyMode.values()) {
                if (known.keyword().equals(value)) {
                    mode = known;
                    return;
                }
            }
            throw new SyntaxException(at, "enforce, testing or none", SECTION);
        }

        private void maxAge(String value, int at) throws SyntaxException {
            if (maxAge != null) {
                return;
            }
            if (value.isEmpty() || value.length() > 10 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new SyntaxException(at, "1 to 10 digits", SECTION);
            }
            maxAge = Duration.ofSeconds(Math.min(Long.parseLong(value), MAX_AGE.toSeconds()));
        }

        private void mx(String value, int at) throws SyntaxException {
            try {
                mx.add(MxPattern.parse(value));
            } catch (SyntaxException e) {
                throw new SyntaxException(at + e.offset(), e.expected(), e.rfc());
            }
        }

        private void extension(String name, String value, int at, int start) throws SyntaxException {
            if (!Extension.isName(name)) {
                throw new SyntaxException(at, "a key of 1 to 32 letters, digits, \"_\", \"-\" and \".\"", SECTION);
            }
            if (!isValue(value)) {
                throw new SyntaxException(start, "a value without control characters", SECTION);
            }
            extensions.add(new Extension(name, value));
        }

        MtaStsPolicy policy(int end) throws SyntaxException {
            if (!version) {
                throw new SyntaxException(end, "a version", SECTION);
            }
            if (mode == null) {
                throw new SyntaxException(end, "a mode", SECTION);
            }
            if (maxAge == null) {
                throw new SyntaxException(end, "a max_age", SECTION);
            }
            if (mx.isEmpty() && mode != PolicyMode.NONE) {
                throw new SyntaxException(end, "an mx", SECTION);
            }
            return new MtaStsPolicy(mode, maxAge, mx, extensions);
        }
    }
}
