package org.moxmail.imap;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;

/** Generators of valid values of the grammar, with a liking for its edges. */
final class Values {
    private Values() {}

    static Arbitrary<Tag> tags() {
        return Arbitraries.strings()
                .withChars("abZ09.-_]&")
                .ofMinLength(1)
                .ofMaxLength(6)
                .map(Tag::new);
    }

    static Arbitrary<String> atoms() {
        return Arbitraries.strings().withChars("azAZ09-_.=[/+&").ofMinLength(1).ofMaxLength(8);
    }

    /** Strings with quotes, line ends, UTF-8, octets that are no UTF-8, and words that mean something elsewhere. */
    static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "NIL",
                        "nil",
                        "a b",
                        "\\",
                        "\"",
                        "a\\\"b",
                        "{5}",
                        "{3+}\r\nabc",
                        "\r\n",
                        "x]y",
                        "%*",
                        "é€😀"),
                Arbitraries.strings()
                        .withChars("ab \"\\(){}%*]\r\n\t\u00e9\u20ac\udc80\udcff")
                        .ofMaxLength(12),
                Arbitraries.strings().withChars('a').ofMinLength(900).ofMaxLength(1100));
    }

    static Arbitrary<String> mailboxes() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "INBOX", "inbox", "a/b", "NIL", "a&b", "&", "&-", "é&é", "😀", "Entwürfe", "\u0001", "~/x", ""),
                Arbitraries.strings()
                        .withChars("ab/& \"\\%*-,+\u00e9\u20ac\u65e5\r\n")
                        .ofMaxLength(10));
    }

    static Arbitrary<Long> uids() {
        return Arbitraries.longs().between(1, UidSet.MAX);
    }

    private static Arbitrary<Long> ends() {
        return Arbitraries.oneOf(
                uids(), Arbitraries.just(SequenceSet.STAR), Arbitraries.longs().between(1, 9));
    }

    static Arbitrary<SequenceSet> sets() {
        Arbitrary<SequenceSet> written = Combinators.combine(ends(), ends())
                .as((left, right) -> new long[] {left, right})
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(Values::set);
        return Arbitraries.oneOf(written, Arbitraries.just(SequenceSet.SAVED));
    }

    static Arbitrary<SequenceSet> numberSets() {
        return Combinators.combine(uids(), uids())
                .as((left, right) -> new long[] {left, right})
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(Values::set);
    }

    private static SequenceSet set(List<long[]> ranges) {
        SequenceSet.Builder builder = new SequenceSet.Builder();
        ranges.forEach(range -> builder.add(range[0], range[1]));
        return builder.build();
    }

    static Arbitrary<Flags> flags() {
        Arbitrary<List<String>> keywords =
                Arbitraries.of("work", "$later", "a[b", "$junk").list().ofMaxSize(3);
        return Combinators.combine(Arbitraries.integers().between(0, Flags.ALL), keywords)
                .as(Flags::of);
    }

    static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 9L, 10L, Long.MAX_VALUE), Arbitraries.longs().between(0, Long.MAX_VALUE));
    }

    static Arbitrary<OffsetDateTime> dateTimes() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(-62_100_000_000L, 253_300_000_000L);
        Arbitrary<Integer> zones = Arbitraries.integers().between(-18 * 60, 18 * 60);
        return Combinators.combine(seconds, zones)
                .as((second, zone) ->
                        java.time.Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofTotalSeconds(zone * 60)));
    }

    static Arbitrary<LocalDate> dates() {
        return Arbitraries.longs().between(-719_528, 2_932_896).map(LocalDate::ofEpochDay);
    }

    static Arbitrary<List<Integer>> parts() {
        return Arbitraries.integers().between(1, Integer.MAX_VALUE).list().ofMaxSize(3);
    }

    static Arbitrary<SectionSpec> sections() {
        Arbitrary<List<String>> fields = Arbitraries.oneOf(Arbitraries.of("Subject", "X Y", "é"), strings())
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(parts(), Arbitraries.of(SectionSpec.Kind.class), fields)
                .as((part, kind, names) -> {
                    boolean named =
                            kind == SectionSpec.Kind.HEADER_FIELDS || kind == SectionSpec.Kind.HEADER_FIELDS_NOT;
                    SectionSpec.Kind possible =
                            kind == SectionSpec.Kind.MIME && part.isEmpty() ? SectionSpec.Kind.TEXT : kind;
                    return new SectionSpec(part, possible, named ? names : List.of());
                });
    }

    static Arbitrary<Partial> partials() {
        return Combinators.combine(numbers(), Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as(Partial::new);
    }

    static Arbitrary<FetchItem> items() {
        Arbitrary<Boolean> yes = Arbitraries.of(true, false);
        return Arbitraries.oneOf(
                Arbitraries.of(FetchItem.Attribute.class).map(FetchItem.class::cast),
                Combinators.combine(sections(), partials().injectNull(0.5), yes).as(FetchItem.Section::new),
                Combinators.combine(parts(), partials().injectNull(0.5), yes).as(FetchItem.Binary::new),
                parts().map(FetchItem.BinarySize::new),
                yes.map(FetchItem.Preview::new));
    }

    static Arbitrary<SearchKey> keys() {
        return keys(3);
    }

    private static Arbitrary<SearchKey> keys(int depth) {
        Arbitrary<SearchKey> leaf = Arbitraries.oneOf(
                Arbitraries.of(new SearchKey.All(), new SearchKey.Recent(), new SearchKey.SaveDateSupported()),
                Arbitraries.of(Flags.SEEN, Flags.DRAFT, Flags.JUNK).map(bit -> new SearchKey.HasFlag(Flags.of(bit))),
                Arbitraries.of("work", "$x").map(word -> new SearchKey.HasFlag(Flags.of(0, List.of(word)))),
                Combinators.combine(
                                Arbitraries.oneOf(Arbitraries.of("From", "from", "Bcc", "X-Y"), strings()), strings())
                        .as(SearchKey.Header::new),
                strings().map(SearchKey.Body::new),
                strings().map(SearchKey.Text::new),
                Combinators.combine(
                                Arbitraries.of(SearchKey.DateField.class),
                                Arbitraries.of(SearchKey.DateRelation.class),
                                dates())
                        .as(SearchKey.Dated::new),
                numbers().map(SearchKey.Larger::new),
                numbers().map(SearchKey.Smaller::new),
                uids().map(SearchKey.Older::new),
                uids().map(SearchKey.Younger::new),
                numbers().map(SearchKey.ModSeq::new),
                sets().map(SearchKey.Sequence::new),
                sets().map(SearchKey.Uid::new),
                Arbitraries.of("M1-_a", "0").map(SearchKey.EmailId::new),
                Arbitraries.of("T1", "NIL").map(SearchKey.ThreadId::new));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<SearchKey> inner = Arbitraries.lazy(() -> keys(depth - 1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, leaf),
                net.jqwik.api.Tuple.of(1, inner.map(SearchKey.Not::new)),
                net.jqwik.api.Tuple.of(1, Combinators.combine(inner, inner).as(SearchKey.Or::new)),
                net.jqwik.api.Tuple.of(1, inner.list().ofMinSize(2).ofMaxSize(3).map(SearchKey.And::new)));
    }

    static Arbitrary<ImapCommand> commands() {
        Arbitrary<Boolean> yes = Arbitraries.of(true, false);
        Arbitrary<Long> maybe = Arbitraries.oneOf(Arbitraries.just(ImapCommand.ABSENT), numbers());
        Arbitrary<FlagEdit> edits = Combinators.combine(Arbitraries.of(FlagEdit.Mode.class), flags())
                .as(FlagEdit::new);
        Arbitrary<ImapCommand> plain = Arbitraries.of(
                new ImapCommand.Capability(),
                new ImapCommand.Noop(),
                new ImapCommand.Logout(),
                new ImapCommand.StartTls(),
                new ImapCommand.Namespace(),
                new ImapCommand.Idle(),
                new ImapCommand.Check(),
                new ImapCommand.Close(),
                new ImapCommand.Unselect(),
                new ImapCommand.Expunge());
        Arbitrary<ImapCommand> mailbox = mailboxes()
                .flatMap(name -> Arbitraries.of(
                        new ImapCommand.Delete(name),
                        new ImapCommand.Subscribe(name),
                        new ImapCommand.Unsubscribe(name),
                        new ImapCommand.Create(name, List.of()),
                        new ImapCommand.Create(name, List.of("\\Archive", "\\Foo")),
                        new ImapCommand.Rename(name, "x/" + name),
                        new ImapCommand.Lsub("", new ListPattern(name)),
                        new ImapCommand.Status(name, List.of(StatusItem.values())),
                        new ImapCommand.Copy(true, SequenceSet.ALL, name),
                        new ImapCommand.Move(false, SequenceSet.of(7), name)));
        return Arbitraries.oneOf(
                plain,
                mailbox,
                Combinators.combine(strings(), strings()).as(ImapCommand.Login::new),
                Combinators.combine(
                                atoms().map(Grammar::upper),
                                Arbitraries.of("", "a", "é\r\n")
                                        .map(Octets::ofText)
                                        .injectNull(0.3))
                        .as(ImapCommand.Authenticate::new),
                atoms().list().ofMinSize(1).ofMaxSize(3).map(ImapCommand.Enable::new),
                ids().map(ImapCommand.Id::new),
                Combinators.combine(mailboxes(), yes, yes, qresync().injectNull(0.5))
                        .as(ImapCommand.Select::new),
                lists(),
                Combinators.combine(mailboxes(), appendMessages()).as(ImapCommand.Append::new),
                sets().map(ImapCommand.UidExpunge::new),
                Combinators.combine(
                                yes,
                                returns().injectNull(0.5),
                                Arbitraries.of("UTF-8", "x y").injectNull(0.5),
                                keys())
                        .as(ImapCommand.Search::new),
                Combinators.combine(yes, sets(), items().list().ofMinSize(1).ofMaxSize(4), maybe, yes)
                        .as((uid, set, items, since, vanished) ->
                                new ImapCommand.Fetch(uid, set, items, since, vanished && uid && since >= 0)),
                Combinators.combine(yes, sets(), edits, yes, maybe).as(ImapCommand.Store::new));
    }

    static Arbitrary<TaggedCommand> tagged() {
        return Combinators.combine(tags(), commands()).as(TaggedCommand::new);
    }

    static Arbitrary<List<IdField>> ids() {
        return Combinators.combine(
                        Arbitraries.of("name", "version", "os", "é", ""),
                        strings().injectNull(0.3))
                .as((name, value) -> new IdField(name, value == null || value.length() > 300 ? null : value))
                .list()
                .uniqueElements(IdField::name)
                .ofMaxSize(4);
    }

    private static Arbitrary<Set<SearchReturn>> returns() {
        return Arbitraries.of(SearchReturn.class).set().ofMinSize(1);
    }

    private static Arbitrary<QresyncParameter> qresync() {
        return Combinators.combine(
                        uids(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        numberSets().injectNull(0.5),
                        numberSets().injectNull(0.5),
                        numberSets())
                .as((validity, modSeq, known, numbers, matching) ->
                        new QresyncParameter(validity, modSeq, known, numbers, numbers == null ? null : matching));
    }

    private static Arbitrary<ImapCommand> lists() {
        Arbitrary<Set<ListSelection>> selection = Arbitraries.of(ListSelection.class)
                .set()
                .filter(set -> !set.contains(ListSelection.RECURSIVEMATCH) || set.contains(ListSelection.SUBSCRIBED));
        Arbitrary<ListReturn> option = Arbitraries.of(ListReturn.Option.class).map(ListReturn.class::cast);
        Arbitrary<List<ListReturn>> returns = option.list().uniqueElements().ofMaxSize(3);
        Arbitrary<List<ListReturn>> withStatus = returns.map(options -> {
            List<ListReturn> more = new java.util.ArrayList<>(options);
            more.add(new ListReturn.Status(List.of(StatusItem.MESSAGES, StatusItem.DELETED_STORAGE)));
            return more;
        });
        Arbitrary<List<ListPattern>> patterns =
                mailboxes().map(ListPattern::new).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        selection,
                        mailboxes(),
                        patterns,
                        Arbitraries.oneOf(returns, withStatus))
                .as((extended, options, reference, names, wanted) -> extended
                        ? new ImapCommand.ListMailboxes(true, options, reference, names, wanted)
                        : new ImapCommand.ListMailboxes(reference, names.get(0).text()));
    }

    static Arbitrary<LiteralHeader> literals() {
        return Combinators.combine(numbers(), Arbitraries.of(true, false), Arbitraries.of(0, 1, 2))
                .as((size, synchronizing, form) -> new LiteralHeader(size, synchronizing, form > 0, form > 1));
    }

    static Arbitrary<AppendMessage> appendMessages() {
        return Combinators.combine(flags(), dateTimes().injectNull(0.5), literals())
                .as(AppendMessage::new);
    }
}
