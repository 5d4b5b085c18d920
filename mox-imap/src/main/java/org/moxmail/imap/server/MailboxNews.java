package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ListEntry;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;

/** Tells what other sessions did to mailboxes and subscriptions, RFC 9051 §7.3.1. */
final class MailboxNews {
    private record Known(Set<MailboxName> existing, Set<MailboxName> subscribed) {}

    private final Session session;
    private final Known known;
    /** Names whose last state was told already. */
    private final Set<MailboxName> created = new HashSet<>();

    private MailboxNews(Session session, Known known) {
        this.session = session;
        this.known = known;
    }

    static void tell(Session session, List<Change> news) throws IOException {
        Known known = session.mail().read(view -> {
            Set<MailboxName> existing = new HashSet<>();
            for (MailboxInfo mailbox : view.mailboxes()) {
                existing.add(mailbox.name());
            }
            return new Known(existing, view.subscriptions());
        });
        MailboxNews teller = new MailboxNews(session, known);
        for (Change change : news) {
            teller.tell(change);
        }
    }

    private void tell(Change change) throws IOException {
        switch (change) {
            case Change.MailboxCreated made -> {
                created.add(made.mailbox().name());
                list(made.mailbox().name(), false, null);
            }
            case Change.MailboxDeleted deleted -> {
                // RFC 3501 has no way to say it.
                if (session.rev2()) {
                    list(deleted.name(), true, null);
                }
            }
            case Change.MailboxRenamed renamed ->
                list(renamed.to(), false, session.rev2() ? renamed.from().toString() : null);
            case Change.Subscribed subscribed -> {
                // A new mailbox's line says so already.
                if (!created.contains(subscribed.name())) {
                    list(subscribed.name(), !known.existing().contains(subscribed.name()), null);
                }
            }
            case Change.Unsubscribed unsubscribed ->
                list(unsubscribed.name(), !known.existing().contains(unsubscribed.name()), null);
            default -> throw new IllegalArgumentException("not about mailboxes: " + change);
        }
    }

    private void list(MailboxName name, boolean missing, @Nullable String oldName) throws IOException {
        List<String> attributes = new ArrayList<>();
        if (known.subscribed().contains(name)) {
            attributes.add("\\Subscribed");
        }
        if (missing) {
            attributes.add("\\NonExistent");
        }
        session.out()
                .write(new ImapResponse.Listed(new ListEntry(attributes, "/", name.toString(), oldName, List.of())));
    }
}
