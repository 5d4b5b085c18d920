package org.moxmail.store;

import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageForm;

/** A narrow row in memory. Safe for many threads. */
record KnownRow(
        long uid,
        long modSeq,
        Flags flags,
        long sizeBytes,
        long internalDateMillis,
        long saveDateMillis,
        long messageId,
        Forms forms) {
    /** Octets of memory that a row takes, its place in an array and its forms' object included. */
    static final int WEIGHT = 96;

    /** What was made of a message; goes from one row of it to the next. */
    static final class Forms {
        /** Octets of memory that an array takes besides what is in it. */
        private static final int ARRAY = 16;

        private final RowCache.Weight weight;
        private volatile byte @Nullable [] envelope;
        private volatile byte @Nullable [] structure;
        private volatile byte @Nullable [] subject;

        Forms(RowCache.Weight weight) {
            this.weight = weight;
        }

        byte @Nullable [] kept(MessageForm form) {
            return switch (form) {
                case ENVELOPE -> envelope;
                case STRUCTURE -> structure;
                case SUBJECT -> subject;
            };
        }

        void keep(MessageForm form, byte[] octets) {
            if (kept(form) != null || !weight.add(octets.length + ARRAY)) {
                return;
            }
            switch (form) {
                case ENVELOPE -> envelope = octets;
                case STRUCTURE -> structure = octets;
                case SUBJECT -> subject = octets;
            }
        }

        /** Octets of memory. */
        long octets() {
            long octets = 0;
            for (MessageForm form : MessageForm.values()) {
                byte[] kept = kept(form);
                octets += kept == null ? 0 : kept.length + ARRAY;
            }
            return octets;
        }
    }
}
