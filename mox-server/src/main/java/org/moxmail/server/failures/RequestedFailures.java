package org.moxmail.server.failures;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.moxmail.message.Localpart;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.time.Timing;

/**
 * Lets developers of mail software see failures: a localpart that ends in {@code temperror}, {@code permerror},
 * {@code timeout} or a reply code from 400 to 559 fails so when the message comes. With {@code rcptto} in front it fails at
 * RCPT, with {@code mailfrom} in front of the sender's at MAIL. Safe for many threads.
 */
public final class RequestedFailures {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int DIGITS = 3;

    private final Timing timing;
    private final boolean enabled;

    /** Where a failure is asked for. */
    public enum Stage {
        MAIL("mailfrom"),
        RCPT("rcptto"),
        MESSAGE("");

        private final String prefix;

        Stage(String prefix) {
            this.prefix = prefix;
        }
    }

    /** @param enabled whether anything fails at all: only on a test server */
    public RequestedFailures(Timing timing, boolean enabled) {
        this.timing = timing;
        this.enabled = enabled;
    }

    /** The failure that a localpart asks for at a stage. A timeout has passed when this returns. */
    public Optional<SmtpReply> at(Stage stage, Localpart localpart) {
        String word = localpart.value().toLowerCase(Locale.ROOT);
        if (!enabled || !word.startsWith(stage.prefix)) {
            return Optional.empty();
        }
        if (word.endsWith("temperror")) {
            return Optional.of(reply(451));
        }
        if (word.endsWith("permerror")) {
            return Optional.of(reply(550));
        }
        if (word.endsWith("timeout")) {
            return Optional.of(afterTimeout());
        }
        return code(word).map(RequestedFailures::reply);
    }

    private SmtpReply afterTimeout() {
        try {
            timing.sleep(TIMEOUT);
            return reply(451);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SmtpReply.of(421, "4.3.2", "shutting down").close();
        }
    }

    private static SmtpReply reply(int code) {
        return SmtpReply.of(code, code / 100 + ".0.0", "failure as requested by the localpart");
    }

    /** RFC 5321 §4.2: the second digit of a reply code is 0 to 5, and the first at most 5. */
    private static Optional<Integer> code(String word) {
        if (word.length() < DIGITS) {
            return Optional.empty();
        }
        String digits = word.substring(word.length() - DIGITS);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int code = Integer.parseInt(digits);
        return code >= 400 && code < 560 && code / 10 % 10 <= 5 ? Optional.of(code) : Optional.empty();
    }
}
