package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ListEntry;
import org.moxmail.imap.ListPattern;
import org.moxmail.imap.ListReturn;
import org.moxmail.imap.ListSelection;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;

/** LIST with RFC 5258, RFC 5819 and RFC 6154, and LSUB. */
final class ListHandler {
    /** The account's names. */
    private static final class Tree {
        private final TreeMap<MailboxName, MailboxInfo> mailboxes = new TreeMap<>();
        private final TreeSet<MailboxName> subscriptions = new TreeSet<>();
        private final Set<MailboxName> parents = new HashSet<>();

        Tree(ReadView view) throws IOException {
            for (MailboxInfo mailbox : view.mailboxes()) {
                mailboxes.put(mailbox.name(), mailbox);
                mailbox.name().parent().ifPresent(parents::add);
            }
            subscriptions.addAll(view.subscriptions());
        }

        boolean fulfils(MailboxName name, Set<ListSelection> selection) {
            MailboxInfo mailbox = mailboxes.get(name);
            boolean subscribed = !selection.contains(ListSelection.SUBSCRIBED) || subscriptions.contains(name);
            boolean special = !selection.contains(ListSelection.SPECIAL_USE)
                    || mailbox != null && !mailbox.uses().isEmpty();
            return subscribed && special && (mailbox != null || selection.contains(ListSelection.SUBSCRIBED));
        }

        Set<MailboxName> names() {
            TreeSet<MailboxName> all = new TreeSet<>(mailboxes.keySet());
            all.addAll(subscriptions);
            return all;
        }
    }

    private final Session session;

    ListHandler(Session session) {
        this.session = session;
    }

    Answer list(ImapCommand.ListMailboxes list) throws IOException {
        if (!list.extended() && list.patterns().getFirst().text().isEmpty()) {
            // RFC 9051 §6.3.9: asks for the separator and the root of the reference.
            session.out().write(new ImapResponse.Listed(new ListEntry(List.of(), "")));
            return Answer.ok("done");
        }
        List<ListPattern> patterns = patterns(list.reference(), list.patterns());
        Tree tree = session.mail().read(Tree::new);
        boolean recursive = list.selection().contains(ListSelection.RECURSIVEMATCH);
        TreeSet<MailboxName> selected = tree.names().stream()
                .filter(name -> tree.fulfils(name, list.selection()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<MailboxName> returned = selected.stream()
                .filter(name -> matchesAny(patterns, name))
                .collect(Collectors.toCollection(TreeSet::new));
        // RFC 9051 §6.3.9.6: a child that is told itself needn't be pointed out by those above it.
        Set<MailboxName> ancestors = recursive
                ? ancestors(selected.stream()
                        .filter(name -> !returned.contains(name))
                        .toList())
                : Set.of();
        TreeSet<MailboxName> told = new TreeSet<>(returned);
        told.addAll(ancestors);
        for (MailboxName name : told) {
            if (matchesAny(patterns, name)) {
                tell(list, tree, name, ancestors.contains(name));
            }
        }
        return Answer.ok("done");
    }

    /** None for those that start with the separator: no name does. */
    private static List<ListPattern> patterns(String reference, List<ListPattern> given) {
        List<ListPattern> patterns = new ArrayList<>();
        for (ListPattern pattern : given) {
            ListPattern whole = pattern.under(reference);
            if (!pattern.text().startsWith("/") && !whole.text().startsWith("/")) {
                patterns.add(whole);
            }
        }
        return patterns;
    }

    private static boolean matchesAny(List<ListPattern> patterns, MailboxName name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static Set<MailboxName> ancestors(Collection<MailboxName> names) {
        Set<MailboxName> ancestors = new HashSet<>();
        for (MailboxName name : names) {
            Optional<MailboxName> at = name.parent();
            while (at.isPresent() && ancestors.add(at.get())) {
                at = at.get().parent();
            }
        }
        return ancestors;
    }

    private void tell(ImapCommand.ListMailboxes list, Tree tree, MailboxName name, boolean childInfo)
            throws IOException {
        MailboxInfo mailbox = tree.mailboxes.get(name);
        List<String> attributes = new ArrayList<>();
        boolean subscribed = list.selection().contains(ListSelection.SUBSCRIBED)
                || list.returns().contains(ListReturn.Option.SUBSCRIBED);
        if (subscribed && tree.subscriptions.contains(name)) {
            attributes.add("\\Subscribed");
        }
        if (mailbox == null) {
            attributes.add("\\NonExistent");
        }
        if (list.returns().contains(ListReturn.Option.CHILDREN)) {
            attributes.add(tree.parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        }
        if (mailbox != null) {
            addUses(attributes, mailbox);
        }
        session.out()
                .write(new ImapResponse.Listed(
                        new ListEntry(attributes, "/", name.toString(), null, childInfo(list, childInfo))));
        if (mailbox != null) {
            tellStatus(list, mailbox);
        }
    }

    private static void addUses(List<String> attributes, MailboxInfo mailbox) {
        for (SpecialUse use : SpecialUse.values()) {
            if (mailbox.uses().contains(use)) {
                attributes.add(use.keyword());
            }
        }
    }

    private static List<String> childInfo(ImapCommand.ListMailboxes list, boolean childInfo) {
        if (!childInfo) {
            return List.of();
        }
        return list.selection().stream()
                .filter(option -> option == ListSelection.SUBSCRIBED || option == ListSelection.SPECIAL_USE)
                .map(ListSelection::keyword)
                .toList();
    }

    private void tellStatus(ImapCommand.ListMailboxes list, MailboxInfo mailbox) throws IOException {
        for (ListReturn option : list.returns()) {
            if (option instanceof ListReturn.Status status) {
                new StatusHandler(session).tell(mailbox, status.items());
            }
        }
    }

    Answer lsub(ImapCommand.Lsub lsub) throws IOException {
        List<ListPattern> patterns = patterns(lsub.reference(), List.of(lsub.pattern()));
        Tree tree = session.mail().read(Tree::new);
        Map<MailboxName, Boolean> found = new TreeMap<>();
        for (MailboxName name : tree.subscriptions) {
            if (matchesAny(patterns, name)) {
                found.put(name, true);
            }
        }
        if (lsub.pattern().text().endsWith("%")) {
            // RFC 3501 §6.3.9: a name above subscribed ones that the wildcard doesn't reach.
            for (MailboxName name : ancestors(tree.subscriptions)) {
                if (matchesAny(patterns, name)) {
                    found.putIfAbsent(name, false);
                }
            }
        }
        for (Map.Entry<MailboxName, Boolean> each : found.entrySet()) {
            List<String> attributes = each.getValue() ? List.of() : List.of("\\NoSelect");
            session.out()
                    .write(new ImapResponse.Lsub(
                            new ListEntry(attributes, each.getKey().toString())));
        }
        return Answer.ok("done");
    }
}
