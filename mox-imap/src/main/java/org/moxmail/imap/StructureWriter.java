package org.moxmail.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.Parameter;
import org.moxmail.message.Part;

/** Writes ENVELOPE, BODY and BODYSTRUCTURE of RFC 9051 §7.5.2. */
final class StructureWriter {
    private static final Envelope NO_ENVELOPE =
            new Envelope(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
    private static final String EMPTY_TEXT = "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 0 0";

    private final ImapOutput out;

    StructureWriter(ImapOutput out) {
        this.out = out;
    }

    void envelope(Envelope envelope) throws IOException {
        out.octet('(');
        out.nstring(envelope.date());
        out.sp();
        out.nstring(envelope.subject());
        out.sp();
        addresses(envelope.from());
        out.sp();
        addresses(envelope.sender());
        out.sp();
        addresses(envelope.replyTo());
        out.sp();
        addresses(envelope.to());
        out.sp();
        addresses(envelope.cc());
        out.sp();
        addresses(envelope.bcc());
        out.sp();
        out.nstring(envelope.inReplyTo());
        out.sp();
        out.nstring(envelope.messageId());
        out.octet(')');
    }

    private void addresses(List<MailboxAddress> addresses) throws IOException {
        if (addresses.isEmpty()) {
            out.nil();
            return;
        }
        out.octet('(');
        for (int i = 0; i < addresses.size(); i++) {
            MailboxAddress address = addresses.get(i);
            out.octet('(');
            out.nstring(address.name());
            out.sp();
            out.nstring(address.adl());
            out.sp();
            out.nstring(address.localpart());
            out.sp();
            out.nstring(address.host());
            out.octet(')');
        }
        out.octet(')');
    }

    /**
     * A body.
     *
     * @param extended with extension data
     */
    void body(Part part, boolean extended) throws IOException {
        if (part.isMultipart()) {
            multipart(part, extended);
        } else {
            single(part, extended);
        }
    }

    private void multipart(Part part, boolean extended) throws IOException {
        out.octet('(');
        for (Part child : part.parts()) {
            body(child, extended);
        }
        if (part.parts().isEmpty()) {
            // The grammar wants one at least: body-type-mpart = 1*body.
            emptyText(extended);
        }
        out.sp();
        word(part.subtype());
        if (extended) {
            out.sp();
            parameters(part.parameters());
            disposition(part);
        }
        out.octet(')');
    }

    private void emptyText(boolean extended) throws IOException {
        out.raw(EMPTY_TEXT);
        out.raw(extended ? " NIL NIL NIL NIL)" : ")");
    }

    private void single(Part part, boolean extended) throws IOException {
        boolean text = part.type().equals("text");
        boolean message = part.message() != null || isMessage(part);
        out.octet('(');
        word(part.type());
        out.sp();
        word(part.subtype());
        out.sp();
        if (text && part.subtype().equals("plain") && part.parameters().isEmpty()) {
            // RFC 2045 §5.2: what is meant when nothing is said.
            out.raw("(\"CHARSET\" \"us-ascii\")");
        } else {
            parameters(part.parameters());
        }
        out.sp();
        out.nstring(part.contentId());
        out.sp();
        out.nstring(part.description());
        out.sp();
        word(part.encoding() == null ? "7BIT" : part.encoding());
        out.sp();
        out.number(part.bodySize());
        if (message) {
            message(part.message(), extended);
        }
        if (text || message) {
            out.sp();
            out.number(part.bodyLines());
        }
        if (extended) {
            out.sp();
            out.nstring(part.md5());
            disposition(part);
        }
        out.octet(')');
    }

    private static boolean isMessage(Part part) {
        return part.type().equals("message")
                && (part.subtype().equals("rfc822") || part.subtype().equals("global"));
    }

    private void message(@Nullable Part message, boolean extended) throws IOException {
        out.sp();
        if (message == null) {
            // An encoded message, which isn't looked into: its type asks for an envelope and a body all the same.
            envelope(NO_ENVELOPE);
            out.sp();
            emptyText(extended);
            return;
        }
        envelope(message.envelope() == null ? NO_ENVELOPE : message.envelope());
        out.sp();
        body(message, extended);
    }

    /** Disposition, language and location, each with a space in front. */
    private void disposition(Part part) throws IOException {
        out.sp();
        if (part.disposition() == null) {
            out.nil();
        } else {
            out.octet('(');
            out.string(part.disposition());
            out.sp();
            parameters(part.dispositionParameters());
            out.octet(')');
        }
        out.sp();
        languages(part.languages());
        out.sp();
        out.nstring(part.location());
    }

    private void languages(List<String> languages) throws IOException {
        if (languages.isEmpty()) {
            out.nil();
        } else {
            out.octet('(');
            for (int i = 0; i < languages.size(); i++) {
                if (i > 0) {
                    out.sp();
                }
                out.string(languages.get(i));
            }
            out.octet(')');
        }
    }

    private void parameters(List<Parameter> parameters) throws IOException {
        if (parameters.isEmpty()) {
            out.nil();
            return;
        }
        out.octet('(');
        for (int i = 0; i < parameters.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            word(parameters.get(i).name());
            out.sp();
            out.string(parameters.get(i).value());
        }
        out.octet(')');
    }

    /** A word of MIME in upper case, as the RFC's examples have it. */
    private void word(String word) throws IOException {
        out.string(Grammar.upper(word));
    }
}
