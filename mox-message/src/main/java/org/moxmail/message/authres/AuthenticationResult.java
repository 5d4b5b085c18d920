package org.moxmail.message.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one method found, {@code resinfo} of RFC 8601 §2.2. Methods, results and properties that aren't registered are
 * kept; who uses them ignores what it doesn't know (RFC 8601 §2.7.7).
 *
 * @param method such as {@code spf}; in lower case
 * @param methodVersion 1 unless said otherwise
 * @param result such as {@code pass}; in lower case
 * @param reason what stands behind {@code reason=}, decoded, or null
 * @param properties in their order
 * @param comments all comments among these, decoded and without the outer parentheses; written behind the result
 */
public record AuthenticationResult(
        String method,
        int methodVersion,
        String result,
        @Nullable String reason,
        List<AuthenticationProperty> properties,
        List<String> comments) {
    /** @throws IllegalArgumentException for keywords that aren't, or text that can't be written */
    public AuthenticationResult {
        method = AuthresText.keyword(method);
        result = AuthresText.keyword(result);
        AuthresText.requireVersion(methodVersion);
        if (reason != null) {
            AuthresText.requirePrintable(reason);
        }
        properties = List.copyOf(properties);
        comments = List.copyOf(comments);
        comments.forEach(AuthresText::requirePrintable);
    }

    /** A result with nothing beside it. */
    public static AuthenticationResult of(String method, String result) {
        return new AuthenticationResult(method, 1, result, null, List.of(), List.of());
    }

    /** This result with one more property. */
    public AuthenticationResult with(String type, String name, String value) {
        List<AuthenticationProperty> all = new ArrayList<>(properties);
        all.add(new AuthenticationProperty(type, name, value));
        return new AuthenticationResult(method, methodVersion, result, reason, all, comments);
    }

    /** This result with a reason, for programs. */
    public AuthenticationResult withReason(String text) {
        Objects.requireNonNull(text, "text");
        return new AuthenticationResult(method, methodVersion, result, text, properties, comments);
    }

    /** This result with one more comment, for people. */
    public AuthenticationResult withComment(String text) {
        List<String> all = new ArrayList<>(comments);
        all.add(text);
        return new AuthenticationResult(method, methodVersion, result, reason, properties, all);
    }

    /** The value of the first property of that type and name, both in lower case. */
    public Optional<String> property(String type, String name) {
        for (AuthenticationProperty property : properties) {
            if (property.type().equals(type) && property.name().equals(name)) {
                return Optional.of(property.value());
            }
        }
        return Optional.empty();
    }

    AuthenticationResult withAsciiDomains() {
        return new AuthenticationResult(
                method,
                methodVersion,
                result,
                reason,
                properties.stream().map(AuthenticationProperty::withAsciiDomain).toList(),
                comments);
    }

    /** What a field has, in pieces with a blank between them. */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        tokens.add(method + (methodVersion == 1 ? "" : "/" + methodVersion) + '=' + result);
        comments.forEach(comment -> tokens.add(AuthresText.comment(comment)));
        if (reason != null) {
            tokens.add("reason=" + AuthresText.quote(reason));
        }
        properties.forEach(property -> tokens.add(property.print()));
        return tokens;
    }

    /** As a field has it, on one line. */
    @Override
    public String toString() {
        return String.join(" ", tokens());
    }
}
