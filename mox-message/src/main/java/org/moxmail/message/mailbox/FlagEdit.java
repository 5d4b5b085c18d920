package org.moxmail.message.mailbox;

/** A change to flags, RFC 9051 §6.4.6. */
public record FlagEdit(Mode mode, Flags flags) {
    /** How the flags are applied. */
    public enum Mode {
        REPLACE,
        ADD,
        REMOVE
    }

    /** The flags after the edit. */
    public Flags apply(Flags before) {
        return switch (mode) {
            case REPLACE -> flags;
            case ADD -> before.plus(flags);
            case REMOVE -> before.minus(flags);
        };
    }
}
