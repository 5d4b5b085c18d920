package org.moxmail.store;

import java.util.EnumSet;
import java.util.Set;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;

/**
 * A mailbox.
 *
 * @param createModSeq of the write that made it
 */
record MailboxRow(long id, MailboxName name, long uidValidity, long createModSeq, Set<SpecialUse> uses) {
    static final RowCodec<MailboxRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(MailboxRow row, RowWriter out) {
            out.number(row.id)
                    .text(row.name.toString())
                    .number(row.uidValidity)
                    .number(row.createModSeq)
                    .number(bits(row.uses));
        }

        @Override
        public MailboxRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new MailboxRow(in.number(), name(in.text()), in.number(), in.number(), uses(in.number()));
        }
    };

    MailboxRow {
        uses = Set.copyOf(uses);
    }

    static Key key(long mailboxId) {
        return Key.builder().u32(mailboxId).build();
    }

    /** A name as it was stored, which was valid then. */
    static MailboxName name(String text) {
        try {
            return MailboxName.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("a stored mailbox name: " + e.getMessage(), e);
        }
    }

    MailboxRow withName(MailboxName name) {
        return new MailboxRow(id, name, uidValidity, createModSeq, uses);
    }

    MailboxRow withUidValidity(long uidValidity) {
        return new MailboxRow(id, name, uidValidity, createModSeq, uses);
    }

    MailboxRow withUses(Set<SpecialUse> uses) {
        return new MailboxRow(id, name, uidValidity, createModSeq, uses);
    }

    /** On disk a use is a bit, whatever the constants' order becomes. */
    private static int bit(SpecialUse use) {
        return switch (use) {
            case ARCHIVE -> 1;
            case DRAFTS -> 1 << 1;
            case JUNK -> 1 << 2;
            case SENT -> 1 << 3;
            case TRASH -> 1 << 4;
        };
    }

    private static long bits(Set<SpecialUse> uses) {
        long bits = 0;
        for (SpecialUse use : uses) {
            bits |= bit(use);
        }
        return bits;
    }

    private static Set<SpecialUse> uses(long bits) {
        Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
        for (SpecialUse use : SpecialUse.values()) {
            if ((bits & bit(use)) != 0) {
                uses.add(use);
            }
        }
        return uses;
    }
}
