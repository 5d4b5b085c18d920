package org.moxmail.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what follows the tag or asterisk of a status response, RFC 9051 §7.1. */
final class StatusWriter {
    private final ImapOutput out;

    StatusWriter(ImapOutput out) {
        this.out = out;
    }

    void status(ImapResponse.Status status, @Nullable ResponseCode code, String text) throws IOException {
        out.sp();
        out.raw(status.name());
        out.sp();
        if (code != null) {
            out.octet('[');
            code(code);
            out.raw("] ");
        } else if (text.startsWith("[")) {
            // Else it would be taken for a code.
            out.sp();
        }
        text(Grammar.line(text));
        out.crlf();
    }

    /** Text to the end of the line. Before UTF-8 is enabled there is only ASCII, RFC 9051 §9, text. */
    void text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out.octet(c);
            } else if (out.utf8()) {
                byte[] rest = Octets.ofText(text.substring(i)).array();
                out.octets(rest, 0, rest.length);
                return;
            } else {
                out.octet('?');
            }
        }
    }

    private void code(ResponseCode code) throws IOException {
        out.raw(code.keyword());
        switch (code) {
            case ResponseCode.Word word -> {}
            case ResponseCode.BadCharset bad -> badCharset(bad.charsets());
            case ResponseCode.Capability capability -> {
                for (String word : capability.capabilities()) {
                    out.sp();
                    out.raw(word);
                }
            }
            case ResponseCode.PermanentFlags flags -> {
                out.raw(" (");
                out.words(flags.flags());
                out.octet(')');
            }
            case ResponseCode.UidNext next -> number(next.uid());
            case ResponseCode.UidValidity validity -> number(validity.uidValidity());
            case ResponseCode.Unseen unseen -> number(unseen.number());
            case ResponseCode.HighestModSeq highest -> number(highest.modSeq());
            case ResponseCode.Modified modified -> set(modified.set());
            case ResponseCode.AppendUid append -> {
                number(append.uidValidity());
                set(append.uids());
            }
            case ResponseCode.CopyUid copy -> {
                number(copy.uidValidity());
                set(copy.source());
                set(copy.destination());
            }
            case ResponseCode.InProgress progress -> inProgress(progress);
            case ResponseCode.MailboxId id -> {
                out.raw(" (");
                out.raw(id.id());
                out.octet(')');
            }
            case ResponseCode.Other other -> {
                if (other.text() != null) {
                    out.sp();
                    text(other.text());
                }
            }
        }
    }

    private void number(long number) throws IOException {
        out.sp();
        out.number(number);
    }

    private void set(SequenceSet set) throws IOException {
        out.sp();
        out.set(set);
    }

    private void badCharset(List<String> charsets) throws IOException {
        if (charsets.isEmpty()) {
            return;
        }
        out.raw(" (");
        for (int i = 0; i < charsets.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            out.astring(charsets.get(i));
        }
        out.octet(')');
    }

    private void inProgress(ResponseCode.InProgress progress) throws IOException {
        out.raw(" (");
        // RFC 9585 §4: the tag is quoted, and NIL when it has a bracket, which would end the code.
        boolean told = progress.tag() != null && progress.tag().text().indexOf(']') < 0;
        out.nstring(told && progress.tag() != null ? progress.tag().text() : null);
        numberOrNil(progress.progress());
        numberOrNil(progress.goal());
        out.octet(')');
    }

    private void numberOrNil(long number) throws IOException {
        out.sp();
        if (number < 0) {
            out.nil();
        } else {
            out.number(number);
        }
    }
}
