package org.moxmail.spf;

/** Ends an evaluation from within any depth of includes, RFC 7208 §2.6.6 and §2.6.7. Stackless: senders make it happen. */
final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    private final SpfResult result;
    private final String reason;

    private Stop(SpfResult result, String reason) {
        super(reason, null, false, false);
        this.result = result;
        this.reason = reason;
    }

    static Stop temperror(String reason) {
        return new Stop(SpfResult.TEMPERROR, reason);
    }

    static Stop permerror(String reason) {
        return new Stop(SpfResult.PERMERROR, reason);
    }

    static Stop of(SpfLookup.Absent absent) {
        return new Stop(absent.result(), absent.reason());
    }

    SpfResult result() {
        return result;
    }

    String reason() {
        return reason;
    }
}
