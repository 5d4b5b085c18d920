package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.Outcome;

/**
 * Delivers, once per key. Whoever hands a message over (a queue, another account) commits on its own and may crash before
 * it notes that the delivery was done; it comes again with the same key, and gets the first result.
 */
final class Delivery {
    /** Keys forgotten per delivery at most, so that no single one pays for many. */
    private static final int FORGOTTEN_AT_ONCE = 4;
    /** The newest of the keys, one of so many that an account may remember, are kept whatever their age. */
    private static final int KEPT = 10;

    private Delivery() {}

    static Outcome<Delivered> deliver(OpenAccount account, SpooledMessage message, DeliveryRequest request)
            throws IOException {
        String key = request.key();
        MessageEdits.Arrival arrival = MessageEdits.Arrival.of(
                message,
                message.place(account),
                request.prefix(),
                request.flags(),
                request.internalDate(),
                request.traceId(),
                request.facts());
        return account.write(0, writer -> {
            if (key != null) {
                Optional<DeliveryRow> earlier = writer.tables().get(Tables.DELIVERIES, Key.of(key));
                if (earlier.isPresent()) {
                    return Outcome.done(new Delivered(
                            earlier.get().mailboxId(), earlier.get().result(), true));
                }
            }
            return add(writer, arrival, request);
        });
    }

    private static Outcome<Delivered> add(MailWriter writer, MessageEdits.Arrival arrival, DeliveryRequest request)
            throws IOException {
        // Before the mailbox is made: a refusal changes nothing.
        if (!writer.quota().fits(arrival.sizeBytes())) {
            return Outcome.refused(org.moxmail.message.mailbox.Refusal.OVER_QUOTA);
        }
        Optional<MailboxRow> mailbox = writer.row(request.mailbox());
        long mailboxId;
        if (mailbox.isPresent()) {
            mailboxId = mailbox.get().id();
        } else {
            switch (writer.create(request.mailbox(), Set.of())) {
                case Outcome.Refused<List<MailboxInfo>> refused -> {
                    return Outcome.refused(refused.refusal());
                }
                case Outcome.Done<List<MailboxInfo>> made ->
                    mailboxId = made.value().get(made.value().size() - 1).id();
            }
        }
        return switch (writer.edits().add(mailboxId, arrival)) {
            case Outcome.Refused<AppendResult> refused -> Outcome.refused(refused.refusal());
            case Outcome.Done<AppendResult> done -> {
                String key = request.key();
                if (key != null) {
                    remember(writer, key, mailboxId, done.value());
                }
                yield Outcome.done(new Delivered(mailboxId, done.value(), false));
            }
        };
    }

    private static void remember(MailWriter writer, String key, long mailboxId, AppendResult result)
            throws IOException {
        AccountTx account = writer.account();
        AccountState state = account.state();
        DeliveryRow row = new DeliveryRow(key, state.nextDelivery++, account.nowMillis(), mailboxId, result);
        account.tx().insert(Tables.DELIVERIES, row);
        if (!account.tx().ready(Tables.DELIVERIES_BY_AGE)) {
            // It is being filled; later deliveries forget what this one would have.
            return;
        }
        long newest = row.number();
        long oldestMillis =
                account.nowMillis() - account.limits().deliveryKeyAge().toMillis();
        int most = account.limits().deliveryKeys();
        List<String> forgotten = new ArrayList<>();
        account.tx().each(Tables.DELIVERIES_BY_AGE, Key.EMPTY, old -> {
            // A clock that jumped makes what was delivered a moment ago look old, when it is most likely to come again.
            boolean forget = old.number() <= newest - most
                    || old.number() <= newest - most / KEPT && old.atMillis() < oldestMillis;
            if (forget) {
                forgotten.add(old.key());
            }
            return forget && forgotten.size() < FORGOTTEN_AT_ONCE;
        });
        forgotten.forEach(old -> account.tx().delete(Tables.DELIVERIES, Key.of(old)));
    }
}
