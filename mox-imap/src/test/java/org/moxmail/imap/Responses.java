package org.moxmail.imap;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.moxmail.message.Envelope;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.Parameter;
import org.moxmail.message.mailbox.UidSet;

/** Generators of valid responses. */
final class Responses {
    private Responses() {}

    private static Arbitrary<String> lines() {
        return Arbitraries.of("done", "a [b] c {5}", "x\"y\\", "ALERT] x", "(", "~", "1 2");
    }

    private static Arbitrary<List<String>> words() {
        return Arbitraries.oneOf(Values.atoms(), Arbitraries.of("\\Seen", "\\X", "$Junk"))
                .list()
                .ofMaxSize(3);
    }

    static Arbitrary<ResponseCode> codes() {
        return Arbitraries.oneOf(
                Arbitraries.of(ResponseCode.Word.class).map(ResponseCode.class::cast),
                Arbitraries.of("UTF-8", "a b").list().ofMaxSize(2).map(ResponseCode.BadCharset::new),
                Values.atoms().list().ofMaxSize(3).map(ResponseCode.Capability::new),
                words().map(list -> {
                    List<String> flags = new java.util.ArrayList<>(list);
                    flags.add("\\*");
                    return new ResponseCode.PermanentFlags(flags);
                }),
                Values.uids().map(ResponseCode.UidNext::new),
                Values.uids().map(ResponseCode.UidValidity::new),
                Values.uids().map(ResponseCode.Unseen::new),
                Values.numbers().map(ResponseCode.HighestModSeq::new),
                Values.numberSets().map(ResponseCode.Modified::new),
                Combinators.combine(Values.uids(), Values.numberSets()).as(ResponseCode.AppendUid::new),
                Combinators.combine(Values.uids(), Values.numberSets(), Values.numberSets())
                        .as(ResponseCode.CopyUid::new),
                Combinators.combine(
                                Arbitraries.of("a1", "x&y").map(Tag::new).injectNull(0.3),
                                Arbitraries.longs().between(-1, 0xffff_ffffL),
                                Arbitraries.longs().between(-1, 0xffff_ffffL))
                        .as(ResponseCode.InProgress::new),
                Arbitraries.of("F-1_x").map(ResponseCode.MailboxId::new),
                Arbitraries.of("x y", "(a \"b\")").injectNull(0.3).map(text -> new ResponseCode.Other("X-Y", text)));
    }

    private static Arbitrary<UidSet> uidSets() {
        return Values.uids()
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> UidSet.of(list.stream().mapToLong(Long::longValue).toArray()));
    }

    private static Arbitrary<MailboxAddress> addresses() {
        Arbitrary<String> text = Values.strings().injectNull(0.3);
        return Combinators.combine(text, text, text, text).as(MailboxAddress::new);
    }

    static Arbitrary<Envelope> envelopes() {
        Arbitrary<String> text = Values.strings().injectNull(0.3);
        Arbitrary<List<MailboxAddress>> list = addresses().list().ofMaxSize(2);
        return Combinators.combine(text, text, list, list, list, text)
                .as((a, b, from, to, cc, id) -> new Envelope(a, b, from, from, to, to, cc, List.of(), a, id));
    }

    private static Arbitrary<List<Parameter>> parameters() {
        return Combinators.combine(Arbitraries.of("charset", "name", "x"), Values.strings())
                .as(Parameter::new)
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<BodyStructure.Extension> extensions(boolean md5) {
        Arbitrary<String> text = Values.strings().injectNull(0.3);
        return Combinators.combine(
                        text,
                        Arbitraries.of("inline", "attachment").injectNull(0.3),
                        parameters(),
                        Values.strings().list().ofMaxSize(2),
                        text)
                .as((hash, disposition, parameters, languages, location) -> new BodyStructure.Extension(
                        md5 ? hash : null,
                        disposition,
                        disposition == null ? List.of() : parameters,
                        languages,
                        location));
    }

    static Arbitrary<BodyStructure> structures(int depth) {
        Arbitrary<String> text = Values.strings().injectNull(0.3);
        Arbitrary<BodyStructure> single = Combinators.combine(
                        Arbitraries.of("text", "image"),
                        parameters(),
                        text,
                        Values.numbers(),
                        extensions(true).injectNull(0.3))
                .as((type, parameters, id, size, extension) -> new BodyStructure.Single(
                        type,
                        "x",
                        parameters,
                        id,
                        null,
                        "7bit",
                        size,
                        type.equals("text") ? size : -1,
                        null,
                        null,
                        extension));
        if (depth == 0) {
            return single;
        }
        Arbitrary<BodyStructure> inner = Arbitraries.lazy(() -> structures(depth - 1));
        Arbitrary<BodyStructure> message = Combinators.combine(
                        envelopes(), inner, extensions(true).injectNull(0.3))
                .as((envelope, body, extension) -> new BodyStructure.Single(
                        "message", "rfc822", List.of(), null, null, "8bit", 1, 2, envelope, body, extension));
        Arbitrary<BodyStructure> multipart = Combinators.combine(
                        inner.list().ofMinSize(1).ofMaxSize(3),
                        parameters(),
                        extensions(false).injectNull(0.3))
                .as((parts, parameters, extension) -> new BodyStructure.Multipart(
                        parts, "mixed", extension == null ? List.of() : parameters, extension));
        return Arbitraries.frequencyOf(Tuple.of(2, single), Tuple.of(1, message), Tuple.of(1, multipart));
    }

    static Arbitrary<FetchValue> values() {
        Arbitrary<Octets> octets = Arbitraries.oneOf(
                        Values.strings().map(Octets::ofText),
                        Arbitraries.just(Octets.of(new byte[] {0, 1, 13, 10, -1})))
                .injectNull(0.2);
        Arbitrary<Long> offset = Arbitraries.oneOf(Arbitraries.just(-1L), Values.numbers());
        return Arbitraries.oneOf(
                words().map(FetchValue.FlagWords::new),
                Values.uids().map(FetchValue.Uid::new),
                Values.numbers().map(FetchValue.ModSeq::new),
                Values.dateTimes().map(FetchValue.InternalDate::new),
                Values.dateTimes().injectNull(0.3).map(FetchValue.SaveDate::new),
                Values.numbers().map(FetchValue.Size::new),
                envelopes().map(FetchValue.Envelope::new),
                Combinators.combine(structures(2), Arbitraries.of(true, false)).as(FetchValue.Structure::new),
                Combinators.combine(Values.sections(), offset, octets).as(FetchValue.Section::new),
                Combinators.combine(Values.parts(), offset, octets).as(FetchValue.Binary::new),
                Combinators.combine(Values.parts(), Values.numbers()).as(FetchValue.BinarySize::new),
                Combinators.combine(
                                Arbitraries.of(
                                        FetchItem.Attribute.RFC822,
                                        FetchItem.Attribute.RFC822_HEADER,
                                        FetchItem.Attribute.RFC822_TEXT),
                                octets)
                        .as(FetchValue.Rfc822::new),
                Values.strings().injectNull(0.3).map(FetchValue.Preview::new),
                Arbitraries.of("M1", "NIL").map(FetchValue.EmailId::new),
                Arbitraries.of("T1").injectNull(0.5).map(FetchValue.ThreadId::new));
    }

    private static Arbitrary<ListEntry> entries() {
        return Combinators.combine(
                        words(),
                        Arbitraries.of("/", ".", "\\", "\"").injectNull(0.2),
                        Values.mailboxes(),
                        Values.mailboxes().injectNull(0.5),
                        Arbitraries.of("SUBSCRIBED", "X").list().ofMaxSize(2))
                .as(ListEntry::new);
    }

    private static Arbitrary<List<NamespaceEntry>> namespaces() {
        return Combinators.combine(Values.mailboxes(), Arbitraries.of("/", ".").injectNull(0.3))
                .as(NamespaceEntry::new)
                .list()
                .ofMaxSize(2);
    }

    static Arbitrary<ImapResponse> responses() {
        Arbitrary<ImapResponse.Status> tagged =
                Arbitraries.of(ImapResponse.Status.OK, ImapResponse.Status.NO, ImapResponse.Status.BAD);
        Arbitrary<Long> maybe = Arbitraries.oneOf(Arbitraries.just(-1L), Values.uids());
        return Arbitraries.oneOf(
                lines().map(ImapResponse.Continuation::new),
                Combinators.combine(Values.tags(), tagged, codes().injectNull(0.3), lines())
                        .as(ImapResponse.Tagged::new),
                Combinators.combine(Arbitraries.of(ImapResponse.Status.class), codes().injectNull(0.3), lines())
                        .as(ImapResponse.Condition::new),
                Values.atoms().list().ofMaxSize(3).map(ImapResponse.Capability::new),
                Values.atoms().list().ofMaxSize(3).map(ImapResponse.Enabled::new),
                Values.ids().map(ImapResponse.Id::new),
                words().map(ImapResponse.FlagList::new),
                entries().map(ImapResponse.Listed::new),
                entries().map(ImapResponse.Lsub::new),
                Combinators.combine(namespaces(), namespaces(), namespaces()).as(ImapResponse.Namespace::new),
                Combinators.combine(
                                Values.mailboxes(),
                                Values.numbers(),
                                Arbitraries.of("F1").injectNull(0.5))
                        .as((name, number, id) -> new ImapResponse.MailboxStatus(
                                name, Map.of(StatusItem.SIZE, number, StatusItem.APPENDLIMIT, -1L), id)),
                Combinators.combine(uidSets().injectNull(0.2), maybe)
                        .as((set, modSeq) -> new ImapResponse.Search(set == null ? UidSet.EMPTY : set, modSeq)),
                Combinators.combine(
                                Values.tags().injectNull(0.3),
                                Arbitraries.of(true, false),
                                maybe,
                                maybe,
                                Values.numberSets().injectNull(0.3))
                        .as((tag, uid, a, b, all) ->
                                new ImapResponse.Esearch(new EsearchResult(tag, uid, a, b, a, all, b))),
                Arbitraries.longs().between(0, UidSet.MAX).map(ImapResponse.Exists::new),
                Arbitraries.longs().between(0, UidSet.MAX).map(ImapResponse.Recent::new),
                Values.uids().map(ImapResponse.Expunge::new),
                Combinators.combine(Arbitraries.of(true, false), uidSets()).as(ImapResponse.Vanished::new),
                Combinators.combine(Values.uids(), values().list().ofMaxSize(4)).as(ImapResponse.Fetch::new),
                Arbitraries.of("XYZ (a {1}\r\nb) c", "7 FOO \"x\"")
                        .map(text ->
                                new ImapResponse.Other(text.startsWith("7") ? "FOO" : "XYZ", Octets.ofText(text))));
    }
}
