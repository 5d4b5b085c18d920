/**
 * The words that a mail store, a protocol engine and a server share: flags, UIDs, mailboxes, changes, message bytes.
 *
 * <p>UIDs are unsigned 32-bit numbers from 1 and mod-sequences positive 63-bit numbers; both travel as {@code long},
 * because they come by the million and an object each would cost more than it protects (measured; see the ADR on the
 * store's rows). Where several are meant there is a type: {@link org.moxmail.message.mailbox.UidSet}.
 *
 * <p>Everything here is immutable unless its own text says otherwise.
 */
@NullMarked
package org.moxmail.message.mailbox;

import org.jspecify.annotations.NullMarked;
