package org.moxmail.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * The parameters of RCPT.
 *
 * @param notifyOn when to report, in the order of the enum; empty when not said; {@code NEVER} stands alone
 * @param orcpt the recipient as the sender wrote it, or null when not said
 */
public record RcptParams(Set<Notify> notifyOn, @Nullable OriginalRecipient orcpt) {
    /** Octets of ORCPT's value, RFC 3461 §4.2. */
    private static final int ORCPT_OCTETS = 500;

    /** No parameter at all. */
    public static final RcptParams NONE = new RcptParams(Set.of(), null);

    public RcptParams {
        Set<Notify> ordered = EnumSet.noneOf(Notify.class);
        ordered.addAll(notifyOn);
        notifyOn = Collections.unmodifiableSet(ordered);
        if (notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1) {
            throw new IllegalArgumentException("NEVER among others");
        }
    }

    /** Reads what RCPT was given. The first parameter that is wrong decides. */
    public static ParamOutcome<RcptParams> parse(List<EsmtpParameter> parameters) {
        RcptParams params = NONE;
        Set<String> seen = new HashSet<>();
        for (EsmtpParameter parameter : parameters) {
            String keyword = parameter.keyword();
            if (!seen.add(keyword)) {
                return new ParamOutcome.Conflict<>(keyword);
            }
            if (!keyword.equals("NOTIFY") && !keyword.equals("ORCPT")) {
                return new ParamOutcome.UnknownKeyword<>(keyword);
            }
            String value = parameter.value();
            if (value == null) {
                return new ParamOutcome.Malformed<>(keyword, "a value");
            }
            try {
                params = keyword.equals("NOTIFY")
                        ? new RcptParams(parseNotify(value), params.orcpt)
                        : new RcptParams(params.notifyOn, parseOrcpt(value));
            } catch (SyntaxException e) {
                return new ParamOutcome.Malformed<>(keyword, e.expected());
            }
        }
        return new ParamOutcome.Understood<>(params);
    }

    private static Set<Notify> parseNotify(String value) throws SyntaxException {
        Set<Notify> notify = EnumSet.noneOf(Notify.class);
        for (String word : value.split(",", -1)) {
            if (!notify.add(word(word))) {
                throw new SyntaxException(0, "each word once", "RFC 3461 §4.1");
            }
        }
        if (notify.contains(Notify.NEVER) && notify.size() > 1) {
            throw new SyntaxException(0, "NEVER alone", "RFC 3461 §4.1");
        }
        return notify;
    }

    private static Notify word(String word) throws SyntaxException {
        for (Notify notify : Notify.values()) {
            if (notify.keyword().equalsIgnoreCase(word)) {
                return notify;
            }
        }
        throw new SyntaxException(0, "NEVER, or SUCCESS, FAILURE and DELAY", "RFC 3461 §4.1");
    }

    private static OriginalRecipient parseOrcpt(String value) throws SyntaxException {
        if (value.length() > ORCPT_OCTETS) {
            throw new SyntaxException(ORCPT_OCTETS, "up to 500 octets", "RFC 3461 §4.2");
        }
        return OriginalRecipient.parse(value);
    }

    /** The wire form. */
    public List<EsmtpParameter> parameters() {
        List<EsmtpParameter> out = new ArrayList<>();
        if (!notifyOn.isEmpty()) {
            String words = notifyOn.stream().map(Notify::keyword).collect(Collectors.joining(","));
            out.add(new EsmtpParameter("NOTIFY", words));
        }
        if (orcpt != null) {
            out.add(new EsmtpParameter("ORCPT", orcpt.print()));
        }
        return out;
    }
}
