package org.moxmail.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;

/**
 * Writes a server's responses (RFC 9051 §7) to a stream through a buffer of its own; nothing is certain to be with the
 * stream before {@link #flush}. For one thread. What is written often, FETCH, costs no objects per value.
 */
public final class ImapEncoder {
    /** Octets after which a list of UIDs goes on in another response. */
    private static final int VANISHED_LINE = 4096 - 32;

    private final ImapOutput out;
    private final FetchWriter fetch;
    private final StatusWriter statuses;

    public ImapEncoder(OutputStream out) {
        this.out = new ImapOutput(out, null);
        this.fetch = new FetchWriter(this.out);
        this.statuses = new StatusWriter(this.out);
    }

    /**
     * How mailbox names are written from now on. With {@link MailboxEncoding#UTF8} other strings and texts may have UTF-8
     * in them too, RFC 6855 §3; before that, strings with it are literals, and texts have question marks.
     */
    public void encoding(MailboxEncoding encoding) {
        out.encoding(encoding);
    }

    /** Hands everything to the stream and flushes that. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Gives the buffer's memory back until something is written again; everything was flushed. */
    public void release() {
        out.release();
    }

    /** Writes a tagged status response. */
    public void tagged(Tag tag, ImapResponse.Status status, @Nullable ResponseCode code, String text)
            throws IOException {
        out.raw(tag.text());
        statuses.status(status, code, text);
    }

    /** Writes an untagged status response. */
    public void condition(ImapResponse.Status status, @Nullable ResponseCode code, String text) throws IOException {
        out.octet('*');
        statuses.status(status, code, text);
    }

    /** Starts a FETCH response for a message's number; {@link FetchWriter#end} ends it. */
    public FetchWriter fetch(long number) throws IOException {
        return fetch.start(number, " FETCH (");
    }

    /** Writes EXPUNGE without a value in between. */
    public void expunge(long number) throws IOException {
        counted(number, " EXPUNGE");
    }

    private void counted(long number, String keyword) throws IOException {
        out.raw("* ");
        out.number(number);
        out.raw(keyword);
        out.crlf();
    }

    /**
     * Writes any response.
     *
     * @throws IllegalArgumentException for a FETCH with octets that were streamed and aren't in the value
     */
    public void write(ImapResponse response) throws IOException {
        switch (response) {
            case ImapResponse.Continuation continuation -> {
                out.raw("+ ");
                statuses.text(continuation.text());
                out.crlf();
            }
            case ImapResponse.Tagged tagged -> tagged(tagged.tag(), tagged.status(), tagged.code(), tagged.text());
            case ImapResponse.Condition condition -> condition(condition.status(), condition.code(), condition.text());
            case ImapResponse.Capability capability -> words("* CAPABILITY", capability.capabilities());
            case ImapResponse.Enabled enabled -> words("* ENABLED", enabled.capabilities());
            case ImapResponse.Id id -> id(id.fields());
            case ImapResponse.FlagList flags -> {
                out.raw("* FLAGS (");
                out.words(flags.words());
                out.octet(')');
                out.crlf();
            }
            case ImapResponse.Listed listed -> listed("* LIST (", listed.entry());
            case ImapResponse.Lsub lsub -> listed("* LSUB (", lsub.entry());
            case ImapResponse.Namespace namespace -> namespace(namespace);
            case ImapResponse.MailboxStatus status -> mailboxStatus(status);
            case ImapResponse.Search search -> search(search);
            case ImapResponse.Esearch esearch -> esearch(esearch.result());
            case ImapResponse.Exists exists -> counted(exists.count(), " EXISTS");
            case ImapResponse.Recent recent -> counted(recent.count(), " RECENT");
            case ImapResponse.Expunge expunge -> expunge(expunge.number());
            case ImapResponse.Vanished vanished -> vanished(vanished);
            case ImapResponse.Fetch values -> new FetchValuePrinter(out).print(values);
            case ImapResponse.Other other -> {
                out.raw("* ");
                byte[] octets = other.text().array();
                out.octets(octets, 0, octets.length);
                out.crlf();
            }
        }
    }

    private void words(String start, List<String> words) throws IOException {
        out.raw(start);
        for (int i = 0; i < words.size(); i++) {
            out.sp();
            out.raw(words.get(i));
        }
        out.crlf();
    }

    private void id(List<IdField> fields) throws IOException {
        out.raw("* ID ");
        idFields(out, fields);
        out.crlf();
    }

    static void idFields(ImapOutput out, List<IdField> fields) throws IOException {
        if (fields.isEmpty()) {
            out.nil();
            return;
        }
        out.octet('(');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            out.string(fields.get(i).name());
            out.sp();
            out.nstring(fields.get(i).value());
        }
        out.octet(')');
    }

    private void listed(String start, ListEntry entry) throws IOException {
        out.raw(start);
        out.words(entry.attributes());
        out.raw(") ");
        out.nstring(entry.delimiter());
        out.sp();
        out.mailbox(entry.mailbox());
        boolean childInfo = !entry.childInfo().isEmpty();
        if (childInfo || entry.oldName() != null) {
            out.raw(" (");
            if (childInfo) {
                out.raw("\"CHILDINFO\" (");
                for (int i = 0; i < entry.childInfo().size(); i++) {
                    if (i > 0) {
                        out.sp();
                    }
                    out.string(entry.childInfo().get(i));
                }
                out.octet(')');
            }
            if (entry.oldName() != null) {
                out.raw(childInfo ? " \"OLDNAME\" (" : "\"OLDNAME\" (");
                out.mailbox(entry.oldName());
                out.octet(')');
            }
            out.octet(')');
        }
        out.crlf();
    }

    private void namespace(ImapResponse.Namespace namespace) throws IOException {
        out.raw("* NAMESPACE ");
        namespaces(namespace.personal());
        out.sp();
        namespaces(namespace.otherUsers());
        out.sp();
        namespaces(namespace.shared());
        out.crlf();
    }

    private void namespaces(List<NamespaceEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            out.nil();
            return;
        }
        out.octet('(');
        for (NamespaceEntry entry : entries) {
            out.octet('(');
            // RFC 9051 §9, namespace-descr: a string, not an astring.
            out.string(out.utf8() ? entry.prefix() : ModifiedUtf7.encode(entry.prefix()));
            out.sp();
            out.nstring(entry.delimiter());
            out.octet(')');
        }
        out.octet(')');
    }

    private void mailboxStatus(ImapResponse.MailboxStatus status) throws IOException {
        out.raw("* STATUS ");
        out.mailbox(status.mailbox());
        out.raw(" (");
        boolean first = true;
        for (Map.Entry<StatusItem, Long> number : status.numbers().entrySet()) {
            out.raw(first ? "" : " ");
            first = false;
            out.raw(number.getKey().keyword());
            out.sp();
            if (number.getValue() < 0) {
                out.nil();
            } else {
                out.number(number.getValue());
            }
        }
        if (status.mailboxId() != null) {
            out.raw(first ? "MAILBOXID (" : " MAILBOXID (");
            out.raw(status.mailboxId());
            out.octet(')');
        }
        out.octet(')');
        out.crlf();
    }

    private void search(ImapResponse.Search search) throws IOException {
        out.raw("* SEARCH");
        UidSet numbers = search.numbers();
        for (int i = 0; i < numbers.ranges(); i++) {
            for (long number = numbers.first(i); number <= numbers.last(i); number++) {
                out.sp();
                out.number(number);
            }
        }
        if (search.modSeq() >= 0) {
            out.raw(" (MODSEQ ");
            out.number(search.modSeq());
            out.octet(')');
        }
        out.crlf();
    }

    private void esearch(EsearchResult result) throws IOException {
        out.raw("* ESEARCH");
        if (result.tag() != null) {
            out.raw(" (TAG ");
            out.string(result.tag().text());
            out.octet(')');
        }
        if (result.uid()) {
            out.raw(" UID");
        }
        esearchNumber(" MIN ", result.min());
        esearchNumber(" MAX ", result.max());
        esearchNumber(" COUNT ", result.count());
        if (result.all() != null) {
            out.raw(" ALL ");
            out.set(result.all());
        }
        esearchNumber(" MODSEQ ", result.modSeq());
        out.crlf();
    }

    private void esearchNumber(String keyword, long number) throws IOException {
        if (number >= 0) {
            out.raw(keyword);
            out.number(number);
        }
    }

    private void vanished(ImapResponse.Vanished vanished) throws IOException {
        UidSet uids = vanished.uids();
        int i = 0;
        while (i < uids.ranges()) {
            out.raw(vanished.earlier() ? "* VANISHED (EARLIER) " : "* VANISHED ");
            int length = 0;
            boolean first = true;
            // A range has at most two numbers of ten digits, a colon and a comma.
            while (i < uids.ranges() && length < VANISHED_LINE - 22) {
                if (!first) {
                    out.octet(',');
                }
                first = false;
                out.number(uids.first(i));
                length += 11;
                if (uids.last(i) != uids.first(i)) {
                    out.octet(':');
                    out.number(uids.last(i));
                    length += 11;
                }
                i++;
            }
            out.crlf();
        }
    }
}
