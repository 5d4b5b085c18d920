package org.moxmail.message.mailbox;

/** What became of a write to a mailbox: done, or one of the refusals that a caller must tell apart. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** Done with a value. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** Refused; the transaction stays usable and nothing was changed by the refused call. */
    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
