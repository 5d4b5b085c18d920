package org.moxmail.imap.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.FetchItem.Attribute;
import org.moxmail.imap.FetchWriter;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SectionSpec;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.Preview;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/**
 * FETCH, RFC 9051 §6.4.5. Rows are read in batches; of each message the content is opened once and goes from there to the
 * peer.
 */
final class FetchHandler {
    /** Characters of a preview, RFC 8970 §3.2. */
    private static final int PREVIEW = 200;

    private final Connection connection;
    private final Session session;
    private final SelectedMailbox mailbox;
    private final UidSet.Builder unseen = new UidSet.Builder();
    private boolean anyUnseen;
    private boolean anyGone;

    FetchHandler(Connection connection, Session session, SelectedMailbox mailbox) {
        this.connection = connection;
        this.session = session;
        this.mailbox = mailbox;
    }

    Answer fetch(ImapCommand.Fetch fetch) throws IOException {
        UidSet uids = fetch.uid() ? mailbox.resolveUids(fetch.set()) : mailbox.resolveNumbers(fetch.set());
        if (uids == null) {
            return Answer.bad("no such message number");
        }
        if (fetch.vanished()) {
            return Answer.bad("QRESYNC isn't enabled");
        }
        FetchPlan plan = new FetchPlan(fetch);
        if (plan.enablesCondstore()) {
            session.enableCondstoreTelling();
        }
        ImapServerLimits limits = connection.server().limits;
        int size = plan.columns().details() ? limits.fetchBatch() : limits.scanBatch();
        RowBatches batches = new RowBatches(session, mailbox.id(), uids, fetch.changedSince(), plan.columns(), size);
        Answer problem = null;
        while (problem == null && batches.hasMore()) {
            RowBatches.Batch batch = batches.read();
            anyGone |= batch.missing();
            for (FetchRow row : batch.rows()) {
                problem = tell(plan, row);
                if (problem != null) {
                    break;
                }
            }
        }
        markSeen();
        if (problem != null) {
            return problem;
        }
        return anyGone ? Answer.ok(ResponseCode.Word.EXPUNGEISSUED, "some messages are gone") : Answer.ok("done");
    }

    /** Tells of one message; what is wrong, or null. */
    private @Nullable Answer tell(FetchPlan plan, FetchRow row) throws IOException {
        anyGone |= row.removed();
        if (!plan.content(row)) {
            write(plan, row, null, List.of());
            return null;
        }
        MessageContent octets = row.content();
        try (MessageContent content = octets != null ? octets : session.mail().content(row.messageId())) {
            List<@Nullable Section> sections = new ArrayList<>(plan.items().size());
            for (FetchItem item : plan.items()) {
                Section section = section(item, row, content);
                if (section instanceof Section.Missing missing) {
                    return missing.answer();
                }
                sections.add(section);
            }
            write(plan, row, content, sections);
            return null;
        } catch (FileNotFoundException e) {
            // Removed, and no cursor of ours remembers it since changes were lost.
            anyGone = true;
            return null;
        }
    }

    private @Nullable Section section(FetchItem item, FetchRow row, MessageContent content) throws IOException {
        if (FetchPlan.isWhole(item)) {
            return Section.whole(item instanceof FetchItem.Section asked ? asked.partial() : null, content);
        }
        if (!FetchPlan.isOctets(item)) {
            return null;
        }
        Part message = row.details().structure();
        int limit = connection.server().limits.searchHeader();
        return switch (item) {
            case FetchItem.Section section -> Section.of(section.spec(), section.partial(), content, message, limit);
            case FetchItem.Binary binary -> Section.binary(binary.part(), binary.partial(), content, message, limit);
            case FetchItem.BinarySize size -> Section.decoded(size.part(), content, message, limit);
            case Attribute attribute -> {
                SectionSpec spec = FetchPlan.section(attribute);
                yield spec == null ? null : Section.of(spec, null, content, message, limit);
            }
            case FetchItem.Preview preview -> null;
        };
    }

    private void write(FetchPlan plan, FetchRow row, @Nullable MessageContent content, List<@Nullable Section> sections)
            throws IOException {
        String preview = plan.preview() ? preview(row, content) : null;
        boolean marks = plan.marksSeen()
                && !mailbox.readOnly()
                && !row.removed()
                && !row.flags().has(Flags.SEEN);
        if (marks) {
            anyUnseen = true;
            unseen.add(row.uid());
        }
        FetchWriter out = session.out().fetch(mailbox.number(row.uid())).uid(row.uid());
        for (int i = 0; i < plan.items().size(); i++) {
            FetchItem item = plan.items().get(i);
            switch (item) {
                case Attribute attribute ->
                    write(out, attribute, row, sections.isEmpty() ? null : sections.get(i), content);
                case FetchItem.Preview asked -> out.preview(preview);
                case FetchItem.BinarySize size ->
                    out.binarySize(size.part(), ((Section.Decoded) Objects.requireNonNull(sections.get(i))).length());
                default -> write(out, item, Objects.requireNonNull(sections.get(i)), Objects.requireNonNull(content));
            }
        }
        if (marks && !plan.flags()) {
            out.flags(row.flags());
        }
        if (plan.addsModSeq()) {
            out.modSeq(row.modSeq());
        }
        out.end();
    }

    /** Once a literal was announced its octets have to follow: if the message fails now, so does the connection. */
    private static void write(FetchWriter out, FetchItem item, Section section, MessageContent content)
            throws IOException {
        try {
            section.write(out, item, content);
        } catch (PeerException e) {
            throw e;
        } catch (IOException e) {
            throw new PeerException(e);
        }
    }

    private static void write(
            FetchWriter out,
            Attribute attribute,
            FetchRow row,
            @Nullable Section section,
            @Nullable MessageContent content)
            throws IOException {
        switch (attribute) {
            case FLAGS -> out.flags(row.flags());
            case INTERNALDATE -> out.internalDate(row.internalDateMillis());
            case RFC822_SIZE -> out.size(row.sizeBytes());
            case ENVELOPE -> envelope(out, row);
            case BODY -> out.body(row.details().structure());
            case BODYSTRUCTURE -> structure(out, row);
            case UID -> {
                // Told always, and first.
            }
            case MODSEQ -> out.modSeq(row.modSeq());
            case SAVEDATE -> out.saveDate(row.saveDateMillis());
            case EMAILID -> out.emailId(ObjectIds.email(row.details().emailId()));
            case THREADID -> out.threadId(ObjectIds.thread(row.details().threadId()));
            case RFC822, RFC822_HEADER, RFC822_TEXT ->
                write(out, attribute, Objects.requireNonNull(section), Objects.requireNonNull(content));
        }
    }

    private static void envelope(FetchWriter out, FetchRow row) throws IOException {
        byte[] form = row.envelopeForm();
        if (form == null) {
            out.envelope(Objects.requireNonNull(row.details().structure().envelope(), "a message's envelope"));
        } else {
            out.envelope(form);
        }
    }

    private static void structure(FetchWriter out, FetchRow row) throws IOException {
        byte[] form = row.structureForm();
        if (form == null) {
            out.bodyStructure(row.details().structure());
        } else {
            out.bodyStructure(form);
        }
    }

    private static String preview(FetchRow row, @Nullable MessageContent content) throws IOException {
        String text = row.details().preview();
        if (text == null) {
            text = Preview.of(Objects.requireNonNull(content), row.details().structure());
        }
        int points = text.codePointCount(0, text.length());
        String cut = points <= PREVIEW ? text : text.substring(0, text.offsetByCodePoints(0, PREVIEW));
        return cut.strip();
    }

    /** All in one write after the last response; the client hears of it like of any other change. */
    private void markSeen() throws IOException {
        if (!anyUnseen) {
            return;
        }
        UidSet uids = unseen.build();
        FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, Flags.of(Flags.SEEN));
        Outcome<StoreResult> outcome = session.mail().write(view -> view.store(mailbox.id(), uids, edit, -1));
        // A mailbox that was deleted meanwhile has no flags left to change.
        if (outcome instanceof Outcome.Done<StoreResult> done
                && !done.value().changed().isEmpty()) {
            session.tellOwn(done.value().modSeq());
        }
    }
}
