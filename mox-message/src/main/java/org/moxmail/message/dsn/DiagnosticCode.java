package org.moxmail.message.dsn;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.moxmail.dns.SyntaxException;

/**
 * What the mail system said that refused or delayed a message, {@code diagnostic-type ";" *text} of RFC 3464 §2.3.6.
 *
 * @param type in lower case; {@code smtp} for a reply of SMTP, RFC 3461 §9.2
 * @param text on one line, comments included since parentheses are common in replies; may be empty
 */
public record DiagnosticCode(String type, String text) {
    /** The type of replies of SMTP. */
    public static final String SMTP = "smtp";

    /** A reply and its enhanced code; some servers write {@code #} in front of that. */
    private static final Pattern REPLY =
            Pattern.compile("([2-5][0-9]{2})(?:[ -]+#?([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9.])|[ -]|$).*");

    /** @throws IllegalArgumentException when the type is no atom, or the text can't be written */
    public DiagnosticCode {
        type = DsnText.requireType(type);
        DsnText.requireText(Objects.requireNonNull(text, "text"), "Diagnostic-Code");
    }

    /** A reply of SMTP; the line ends of one with several lines become blanks, RFC 3461 §9.2. */
    public static DiagnosticCode smtp(String reply) {
        return new DiagnosticCode(SMTP, DsnText.strip(reply.replaceAll("[\\t\\r\\n ]+", " ")));
    }

    /**
     * Reads what stands behind the field's colon, unfolded.
     *
     * @throws SyntaxException when it has no type; the offset is in chars
     */
    public static DiagnosticCode parse(String text) throws SyntaxException {
        TypedText typed = TypedText.parse(text);
        DsnText.checkText(typed.text(), typed.offset());
        return new DiagnosticCode(typed.type(), typed.text());
    }

    private Optional<Matcher> reply() {
        Matcher matcher = REPLY.matcher(text);
        return type.equals(SMTP) && matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** The code of the SMTP reply, such as 550. */
    public OptionalInt smtpCode() {
        return reply().stream()
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst();
    }

    /** The enhanced code in the SMTP reply, RFC 2034. */
    public Optional<DsnStatus> smtpStatus() {
        return reply().flatMap(matcher -> Optional.ofNullable(matcher.group(2))).flatMap(code -> {
            try {
                return Optional.of(DsnStatus.parse(code));
            } catch (SyntaxException e) {
                return Optional.empty(); // With leading zeros: not one.
            }
        });
    }

    DiagnosticCode withAsciiText() {
        return DsnText.isAscii(text) ? this : new DiagnosticCode(type, DsnText.escaped(text));
    }

    /** As a field has it. */
    public String print() {
        return text.isEmpty() ? type + ";" : type + "; " + text;
    }

    /** As {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
