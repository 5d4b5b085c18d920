package org.moxmail.smtp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of MAIL or RCPT, RFC 5321 §4.1.2.
 *
 * @param keyword in upper case
 * @param value what follows the {@code =}, or null without one
 */
public record EsmtpParameter(String keyword, @Nullable String value) {
    public EsmtpParameter {
        if (!CommandGrammar.isKeyword(keyword) || (value != null && !CommandGrammar.isParameterValue(value))) {
            throw new IllegalArgumentException("no ESMTP parameter: " + keyword);
        }
        keyword = keyword.toUpperCase(Locale.ROOT);
    }

    /** The wire form. */
    public String print() {
        return value == null ? keyword : keyword + "=" + value;
    }
}
