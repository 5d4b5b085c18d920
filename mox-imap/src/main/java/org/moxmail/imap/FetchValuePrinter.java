package org.moxmail.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Parameter;

/** Writes FETCH responses that are values, RFC 9051 §7.5.2. */
final class FetchValuePrinter {
    private final ImapOutput out;

    FetchValuePrinter(ImapOutput out) {
        this.out = out;
    }

    void print(ImapResponse.Fetch fetch) throws IOException {
        out.raw("* ");
        out.number(fetch.number());
        out.raw(" FETCH (");
        for (int i = 0; i < fetch.values().size(); i++) {
            if (i > 0) {
                out.sp();
            }
            value(fetch.values().get(i));
        }
        out.octet(')');
        out.crlf();
    }

    private void value(FetchValue value) throws IOException {
        switch (value) {
            case FetchValue.FlagWords flags -> {
                out.raw("FLAGS (");
                out.words(flags.words());
                out.octet(')');
            }
            case FetchValue.Uid uid -> number("UID ", uid.uid());
            case FetchValue.Size size -> number("RFC822.SIZE ", size.octets());
            case FetchValue.ModSeq modSeq -> {
                number("MODSEQ (", modSeq.modSeq());
                out.octet(')');
            }
            case FetchValue.InternalDate date -> {
                out.raw("INTERNALDATE ");
                out.dateTime(date.date());
            }
            case FetchValue.SaveDate date -> {
                out.raw("SAVEDATE ");
                if (date.date() == null) {
                    out.nil();
                } else {
                    out.dateTime(date.date());
                }
            }
            case FetchValue.Envelope envelope -> {
                out.raw("ENVELOPE ");
                new StructureWriter(out).envelope(envelope.envelope());
            }
            case FetchValue.Structure structure -> {
                out.raw(structure.extensible() ? "BODYSTRUCTURE " : "BODY ");
                structure(structure.structure());
            }
            case FetchValue.Section section -> {
                out.raw("BODY");
                out.section(section.spec());
                offset(section.offset());
                octets(section.octets());
            }
            case FetchValue.Binary binary -> {
                out.raw("BINARY[");
                out.partNumbers(binary.part());
                out.octet(']');
                offset(binary.offset());
                octets(binary.octets());
            }
            case FetchValue.BinarySize size -> {
                out.raw("BINARY.SIZE[");
                out.partNumbers(size.part());
                number("] ", size.octets());
            }
            case FetchValue.Rfc822 rfc822 -> {
                out.raw(rfc822.item().keyword());
                octets(rfc822.octets());
            }
            case FetchValue.Preview preview -> {
                out.raw("PREVIEW ");
                out.nstring(preview.text());
            }
            case FetchValue.EmailId id -> {
                out.raw("EMAILID (");
                out.raw(id.id());
                out.octet(')');
            }
            case FetchValue.ThreadId id -> out.raw(id.id() == null ? "THREADID NIL" : "THREADID (" + id.id() + ")");
        }
    }

    private void number(String keyword, long number) throws IOException {
        out.raw(keyword);
        out.number(number);
    }

    private void offset(long offset) throws IOException {
        if (offset >= 0) {
            number("<", offset);
            out.octet('>');
        }
    }

    private void octets(@Nullable Octets octets) throws IOException {
        out.sp();
        if (octets == null) {
            out.nil();
            return;
        }
        byte[] array = octets.array();
        boolean nul = false;
        for (byte octet : array) {
            nul |= octet == 0;
        }
        out.announce(array.length, nul);
        out.octets(array, 0, array.length);
    }

    private void structure(BodyStructure structure) throws IOException {
        out.octet('(');
        switch (structure) {
            case BodyStructure.Multipart multipart -> {
                for (BodyStructure part : multipart.parts()) {
                    structure(part);
                }
                out.sp();
                out.string(multipart.subtype());
                if (multipart.extension() != null) {
                    out.sp();
                    parameters(multipart.parameters());
                    disposition(multipart.extension());
                }
            }
            case BodyStructure.Single single -> {
                single(single);
                if (single.extension() != null) {
                    out.sp();
                    out.nstring(single.extension().md5());
                    disposition(single.extension());
                }
            }
        }
        out.octet(')');
    }

    private void single(BodyStructure.Single single) throws IOException {
        out.string(single.type());
        out.sp();
        out.string(single.subtype());
        out.sp();
        parameters(single.parameters());
        out.sp();
        out.nstring(single.id());
        out.sp();
        out.nstring(single.description());
        out.sp();
        out.string(single.encoding());
        number(" ", single.sizeBytes());
        if (single.envelope() != null && single.message() != null) {
            out.sp();
            new StructureWriter(out).envelope(single.envelope());
            out.sp();
            structure(single.message());
        }
        if (single.lines() >= 0) {
            number(" ", single.lines());
        }
    }

    private void disposition(BodyStructure.Extension extension) throws IOException {
        out.sp();
        if (extension.disposition() == null) {
            out.nil();
        } else {
            out.octet('(');
            out.string(extension.disposition());
            out.sp();
            parameters(extension.dispositionParameters());
            out.octet(')');
        }
        out.sp();
        List<String> languages = extension.languages();
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
        out.sp();
        out.nstring(extension.location());
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
            out.string(parameters.get(i).name());
            out.sp();
            out.string(parameters.get(i).value());
        }
        out.octet(')');
    }
}
