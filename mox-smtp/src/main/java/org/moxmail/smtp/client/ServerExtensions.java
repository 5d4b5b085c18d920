package org.moxmail.smtp.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server announced in its reply to EHLO, RFC 5321 §4.1.1.1; nothing after HELO. Immutable. */
public final class ServerExtensions {
    /** Nothing. */
    static final ServerExtensions NONE = new ServerExtensions(Map.of());

    // RFC 9422 §2.
    private static final Pattern LIMIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*=[\\x21-\\x3a\\x3c-\\x7e]+");
    private static final Pattern LIMIT_VALUE = Pattern.compile("[1-9][0-9]*");
    private static final int LIMIT_DIGITS = 6;

    private final Map<String, String> parameters;
    private final Map<String, Integer> limits;

    private ServerExtensions(Map<String, String> parameters) {
        this.parameters = Map.copyOf(parameters);
        this.limits = Map.copyOf(parseLimits(parameters.get("LIMITS")));
    }

    /** @param lines of the reply, the first of which is the server's greeting */
    static ServerExtensions parse(List<String> lines) {
        Map<String, String> parameters = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            // Some old servers say AUTH= too, for clients older than RFC 2554.
            String[] words = line.strip().replaceFirst("(?i)^AUTH=", "AUTH ").split(" +", 2);
            String rest = words.length > 1 ? words[1] : "";
            parameters.merge(words[0].toUpperCase(Locale.ROOT), rest, ServerExtensions::both);
        }
        return new ServerExtensions(parameters);
    }

    private static String both(String one, String other) {
        return one.equals(other) ? one : (one + " " + other).strip();
    }

    private static Map<String, Integer> parseLimits(@Nullable String text) {
        Map<String, Integer> limits = new HashMap<>();
        Set<String> seen = new HashSet<>();
        if (text == null || text.isBlank()) {
            return limits;
        }
        for (String word : text.strip().split(" +")) {
            String name = word.substring(0, Math.max(0, word.indexOf('='))).toUpperCase(Locale.ROOT);
            // RFC 9422 §2: a client that meets a syntax error ignores the lot.
            if (!LIMIT.matcher(word).matches() || !seen.add(name)) {
                return Map.of();
            }
            if (name.equals("MAILMAX") || name.equals("RCPTMAX") || name.equals("RCPTDOMAINMAX")) {
                String value = word.substring(name.length() + 1);
                if (!LIMIT_VALUE.matcher(value).matches()) {
                    return Map.of();
                }
                if (value.length() <= LIMIT_DIGITS) {
                    limits.put(name, Integer.parseInt(value));
                }
            }
        }
        return limits;
    }

    /** Whether an extension was announced. */
    public boolean has(String keyword) {
        return parameters.containsKey(keyword.toUpperCase(Locale.ROOT));
    }

    /** What followed an extension's keyword, perhaps empty. */
    public Optional<String> parameters(String keyword) {
        return Optional.ofNullable(parameters.get(keyword.toUpperCase(Locale.ROOT)));
    }

    /** Octets of a message at most (RFC 1870); nothing when not said, or said to be unlimited. */
    public OptionalLong size() {
        String text = parameters.getOrDefault("SIZE", "").strip();
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        long size = Long.parseLong(text);
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** SASL mechanisms, in upper case and the server's order (RFC 4954 §3). */
    public List<String> mechanisms() {
        String text = parameters.getOrDefault("AUTH", "").strip();
        return text.isEmpty()
                ? List.of()
                : List.of(text.toUpperCase(Locale.ROOT).split(" +")).stream()
                        .distinct()
                        .toList();
    }

    /** Recipients of a message at most, when told (RFC 9422). */
    public OptionalInt recipientsMax() {
        return limit("RCPTMAX");
    }

    /** Messages of a session at most, when told (RFC 9422). */
    public OptionalInt messagesMax() {
        return limit("MAILMAX");
    }

    /** Domains among the recipients of a message at most, when told (RFC 9422). */
    public OptionalInt domainsMax() {
        return limit("RCPTDOMAINMAX");
    }

    private OptionalInt limit(String name) {
        Integer value = limits.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @Override
    public String toString() {
        return parameters.keySet().stream().sorted().toList().toString();
    }
}
