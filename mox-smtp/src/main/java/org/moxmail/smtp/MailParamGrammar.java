package org.moxmail.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads the parameters of MAIL. */
final class MailParamGrammar {
    /** Digits of SIZE, RFC 1870 §4. */
    private static final int SIZE_DIGITS = 20;

    /** Digits of HOLDFOR, RFC 4865 §3. */
    private static final int HOLDFOR_DIGITS = 9;

    /** Chars of a decoded ENVID, RFC 3461 §4.4. */
    private static final int ENVID_CHARS = 100;

    private MailParams params = MailParams.NONE;
    private @Nullable ParamOutcome<MailParams> problem;

    private MailParamGrammar() {}

    static ParamOutcome<MailParams> parse(List<EsmtpParameter> parameters) {
        MailParamGrammar grammar = new MailParamGrammar();
        Set<String> seen = new HashSet<>();
        for (EsmtpParameter parameter : parameters) {
            if (!seen.add(parameter.keyword())) {
                return new ParamOutcome.Conflict<>(parameter.keyword());
            }
            grammar.read(parameter.keyword(), parameter.value());
            if (grammar.problem != null) {
                return grammar.problem;
            }
        }
        return new ParamOutcome.Understood<>(grammar.params);
    }

    private void read(String keyword, @Nullable String value) {
        switch (keyword) {
            case "SMTPUTF8", "REQUIRETLS" -> flag(keyword, value);
            case "SIZE", "BODY", "AUTH", "RET", "ENVID", "HOLDFOR", "HOLDUNTIL" -> {
                if (value == null) {
                    problem = new ParamOutcome.Malformed<>(keyword, "a value");
                } else {
                    valued(keyword, value);
                }
            }
            default -> problem = new ParamOutcome.UnknownKeyword<>(keyword);
        }
    }

    private void flag(String keyword, @Nullable String value) {
        if (value != null) {
            problem = new ParamOutcome.Malformed<>(keyword, "no value");
        } else {
            params = keyword.equals("SMTPUTF8") ? params.withSmtputf8() : params.withRequireTls();
        }
    }

    private void valued(String keyword, String value) {
        switch (keyword) {
            case "SIZE" -> size(value);
            case "BODY" -> body(value);
            case "AUTH" -> auth(value);
            case "RET" -> ret(value);
            case "ENVID" -> envid(value);
            case "HOLDFOR" -> holdFor(value);
            default -> holdUntil(value);
        }
    }

    private void size(String value) {
        if (!isNumber(value, SIZE_DIGITS)) {
            problem = new ParamOutcome.Malformed<>("SIZE", "up to 20 digits");
            return;
        }
        // Twenty digits can exceed a long; what doesn't fit is larger than any message all the same.
        int zeros = 0;
        while (zeros < value.length() - 1 && value.charAt(zeros) == '0') {
            zeros++;
        }
        int digits = value.length() - zeros;
        params = params.withSize(digits > 18 ? Long.MAX_VALUE : Long.parseLong(value, zeros, value.length(), 10));
    }

    private void body(String value) {
        for (BodyType type : BodyType.values()) {
            if (type.keyword().equalsIgnoreCase(value)) {
                params = params.withBody(type);
                return;
            }
        }
        problem = new ParamOutcome.UnknownValue<>("BODY");
    }

    private void auth(String value) {
        try {
            params = params.withAuth(value.equals("<>") ? "" : Xtext.decode(value));
        } catch (SyntaxException e) {
            problem = new ParamOutcome.Malformed<>("AUTH", e.expected());
        }
    }

    private void ret(String value) {
        for (DsnReturn ret : DsnReturn.values()) {
            if (ret.keyword().equalsIgnoreCase(value)) {
                params = params.withDsn(ret, params.envid());
                return;
            }
        }
        problem = new ParamOutcome.Malformed<>("RET", "FULL or HDRS");
    }

    private void envid(String value) {
        try {
            String envid = Xtext.decode(value);
            // RFC 3461 §4.4: after decoding only printable characters, at most 100 in their encoded form.
            if (value.length() > ENVID_CHARS || envid.chars().anyMatch(c -> c < ' ' || c > '~')) {
                problem = new ParamOutcome.Malformed<>("ENVID", "up to 100 printable characters");
                return;
            }
            params = params.withDsn(params.ret(), envid);
        } catch (SyntaxException e) {
            problem = new ParamOutcome.Malformed<>("ENVID", e.expected());
        }
    }

    private void holdFor(String value) {
        if (params.hold() != null) {
            problem = new ParamOutcome.Conflict<>("HOLDFOR");
        } else if (!isNumber(value, HOLDFOR_DIGITS) || Long.parseLong(value) == 0) {
            problem = new ParamOutcome.Malformed<>("HOLDFOR", "up to 9 digits, not zero");
        } else {
            params = params.withHold(new FutureRelease.HoldFor(Duration.ofSeconds(Long.parseLong(value))));
        }
    }

    private void holdUntil(String value) {
        if (params.hold() != null) {
            problem = new ParamOutcome.Conflict<>("HOLDUNTIL");
            return;
        }
        try {
            // RFC 4865 §3 takes the date-time of RFC 3339; fractions of seconds are of no use here.
            Instant time = OffsetDateTime.parse(value).toInstant();
            params = params.withHold(new FutureRelease.HoldUntil(Instant.ofEpochSecond(time.getEpochSecond())));
        } catch (DateTimeParseException e) {
            problem = new ParamOutcome.Malformed<>("HOLDUNTIL", "a date and time with offset");
        }
    }

    private static boolean isNumber(String value, int maxDigits) {
        for (int i = 0; i < value.length(); i++) {
            if (!Cursor.isDigit(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= maxDigits;
    }
}
