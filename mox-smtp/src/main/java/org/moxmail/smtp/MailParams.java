package org.moxmail.smtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of MAIL.
 *
 * @param size octets of the message as the client expects it (RFC 1870), or {@link #NO_SIZE}
 * @param body what its octets are, or null when not said (RFC 6152 §3: then 7BIT)
 * @param smtputf8 addresses or header may be international, RFC 6531
 * @param requireTls every hop must use verified TLS, RFC 8689
 * @param auth who submitted the message first, decoded; empty for {@code <>}; null when not said (RFC 4954 §5)
 * @param ret what failure reports return, or null when not said (RFC 3461 §4.3)
 * @param envid the envelope's identifier, decoded, or null (RFC 3461 §4.4)
 * @param hold when to release it, or null for at once (RFC 4865)
 */
public record MailParams(
        long size,
        @Nullable BodyType body,
        boolean smtputf8,
        boolean requireTls,
        @Nullable String auth,
        @Nullable DsnReturn ret,
        @Nullable String envid,
        @Nullable FutureRelease hold) {
    /** The value of {@code size} when the client didn't say. */
    public static final long NO_SIZE = -1;

    /** No parameter at all. */
    public static final MailParams NONE = new MailParams(NO_SIZE, null, false, false, null, null, null, null);

    public MailParams {
        if (size < NO_SIZE) {
            throw new IllegalArgumentException("size " + size);
        }
    }

    /** Reads what MAIL was given. The first parameter that is wrong decides. */
    public static ParamOutcome<MailParams> parse(List<EsmtpParameter> parameters) {
        return MailParamGrammar.parse(parameters);
    }

    /** The same with a size. */
    public MailParams withSize(long octets) {
        return new MailParams(octets, body, smtputf8, requireTls, auth, ret, envid, hold);
    }

    /** The same with a body type. */
    public MailParams withBody(BodyType type) {
        return new MailParams(size, type, smtputf8, requireTls, auth, ret, envid, hold);
    }

    /** The same with SMTPUTF8. */
    public MailParams withSmtputf8() {
        return new MailParams(size, body, true, requireTls, auth, ret, envid, hold);
    }

    /** The same with REQUIRETLS. */
    public MailParams withRequireTls() {
        return new MailParams(size, body, smtputf8, true, auth, ret, envid, hold);
    }

    /** The same with AUTH; empty for {@code <>}. */
    public MailParams withAuth(String submitter) {
        return new MailParams(size, body, smtputf8, requireTls, submitter, ret, envid, hold);
    }

    /** The same with RET and ENVID, either of which may be null. */
    public MailParams withDsn(@Nullable DsnReturn returned, @Nullable String id) {
        return new MailParams(size, body, smtputf8, requireTls, auth, returned, id, hold);
    }

    /** The same with a release time. */
    public MailParams withHold(FutureRelease release) {
        return new MailParams(size, body, smtputf8, requireTls, auth, ret, envid, release);
    }

    /** The wire form, in the order of the components. */
    public List<EsmtpParameter> parameters() {
        List<EsmtpParameter> out = new ArrayList<>();
        if (size != NO_SIZE) {
            out.add(new EsmtpParameter("SIZE", Long.toString(size)));
        }
        if (body != null) {
            out.add(new EsmtpParameter("BODY", body.keyword()));
        }
        if (smtputf8) {
            out.add(new EsmtpParameter("SMTPUTF8", null));
        }
        if (requireTls) {
            out.add(new EsmtpParameter("REQUIRETLS", null));
        }
        if (auth != null) {
            out.add(new EsmtpParameter("AUTH", auth.isEmpty() ? "<>" : Xtext.encode(auth)));
        }
        if (ret != null) {
            out.add(new EsmtpParameter("RET", ret.keyword()));
        }
        if (envid != null) {
            out.add(new EsmtpParameter("ENVID", Xtext.encode(envid)));
        }
        if (hold != null) {
            out.add(hold.parameter());
        }
        return out;
    }
}
