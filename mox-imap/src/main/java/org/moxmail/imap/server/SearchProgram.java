package org.moxmail.imap.server;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.SearchKey;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.UidSet;

/**
 * What a SEARCH looks for, made ready. A message is judged by its row, then also by its octets, and {@link Verdict#UNKNOWN}
 * says that those are needed. The cheap keys of a combination come first, so that the wide part of a row is read only when
 * the narrow one doesn't decide.
 */
final class SearchProgram {
    /** What can be said. */
    enum Verdict {
        NO,
        YES,
        UNKNOWN;

        static Verdict of(boolean yes) {
            return yes ? YES : NO;
        }

        Verdict not() {
            return switch (this) {
                case NO -> YES;
                case YES -> NO;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    private final SearchKey key;
    private final SelectedMailbox mailbox;
    private final long nowMillis;
    private final IdentityHashMap<SearchKey, UidSet> sets = new IdentityHashMap<>();
    private final IdentityHashMap<SearchKey, Needle> needles = new IdentityHashMap<>();
    private final List<Needle> bodyNeedles = new ArrayList<>();
    private final List<Needle> textNeedles = new ArrayList<>();
    private final OctetScan octets = new OctetScan();
    private boolean valid = true;
    private boolean modSeq;

    SearchProgram(SearchKey key, SelectedMailbox mailbox, Instant now) {
        this.mailbox = mailbox;
        nowMillis = now.toEpochMilli();
        this.key = sorted(key);
        prepare(this.key);
    }

    /** Cheap keys first. */
    private static SearchKey sorted(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                new SearchKey.And(and.keys().stream()
                        .map(SearchProgram::sorted)
                        .sorted(Comparator.comparingInt(SearchProgram::cost))
                        .toList());
            case SearchKey.Or or ->
                cost(or.right()) < cost(or.left())
                        ? new SearchKey.Or(sorted(or.right()), sorted(or.left()))
                        : new SearchKey.Or(sorted(or.left()), sorted(or.right()));
            case SearchKey.Not not -> new SearchKey.Not(sorted(not.key()));
            default -> key;
        };
    }

    private static int cost(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                and.keys().stream().mapToInt(SearchProgram::cost).max().orElse(0);
            case SearchKey.Or or -> Math.max(cost(or.left()), cost(or.right()));
            case SearchKey.Not not -> cost(not.key());
            case SearchKey.Dated dated -> dated.field() == SearchKey.DateField.SENT ? 1 : 0;
            case SearchKey.EmailId id -> 1;
            case SearchKey.ThreadId id -> 1;
            case SearchKey.Header header -> isSubject(header) ? 1 : 2;
            case SearchKey.Body body -> 3;
            case SearchKey.Text text -> 3;
            default -> 0;
        };
    }

    /** ENVELOPE has it as it stands, so that the message itself needn't be read. */
    private static boolean isSubject(SearchKey.Header header) {
        return header.name().equalsIgnoreCase("subject");
    }

    private void prepare(SearchKey part) {
        switch (part) {
            case SearchKey.And and -> and.keys().forEach(this::prepare);
            case SearchKey.Or or -> {
                prepare(or.left());
                prepare(or.right());
            }
            case SearchKey.Not not -> prepare(not.key());
            case SearchKey.Sequence sequence -> {
                UidSet uids = mailbox.resolveNumbers(sequence.set());
                valid &= uids != null;
                sets.put(part, uids == null ? UidSet.EMPTY : uids);
            }
            case SearchKey.Uid uid -> sets.put(part, mailbox.resolveUids(uid.set()));
            case SearchKey.ModSeq sequence -> modSeq = true;
            case SearchKey.Header header -> needles.put(part, new Needle(header.value()));
            case SearchKey.Body body -> bodyNeedles.add(needle(part, body.value()));
            case SearchKey.Text text -> textNeedles.add(needle(part, text.value()));
            default -> {
                // Nothing to prepare.
            }
        }
    }

    private Needle needle(SearchKey part, String value) {
        Needle needle = new Needle(value);
        needles.put(part, needle);
        return needle;
    }

    /** False when a message number isn't in use. */
    boolean valid() {
        return valid;
    }

    /** Mod-sequences are asked about, RFC 7162 §3.1.5. */
    boolean modSeq() {
        return modSeq;
    }

    /** The only messages that can match. */
    UidSet candidates() {
        UidSet uids = mailbox.uids();
        List<SearchKey> all = key instanceof SearchKey.And and ? and.keys() : List.of(key);
        for (SearchKey each : all) {
            UidSet set = sets.get(each);
            if (set != null) {
                uids = uids.intersect(set);
            }
        }
        return uids;
    }

    /** What the search has to look for in a message's octets. */
    SearchText text(MessageContent content, MessageDetails details, int headerLimit) {
        return new SearchText(content, details.structure(), bodyNeedles, textNeedles, octets, headerLimit);
    }

    /** @param text null when it isn't known yet */
    Verdict judge(MessageRow row, @Nullable SearchText text) throws IOException {
        return judge(key, row, text);
    }

    private Verdict judge(SearchKey part, MessageRow row, @Nullable SearchText text) throws IOException {
        return switch (part) {
            case SearchKey.And and -> judgeAll(and.keys(), row, text);
            case SearchKey.Or or -> judgeEither(or, row, text);
            case SearchKey.Not not -> judge(not.key(), row, text).not();
            case SearchKey.Header header -> {
                if (isSubject(header)) {
                    yield Verdict.of(Subjects.contains(row, needleOf(part)));
                }
                yield text == null ? Verdict.UNKNOWN : Verdict.of(text.inHeader(header.name(), needleOf(part)));
            }
            case SearchKey.Body body -> inMessage(part, text);
            case SearchKey.Text inText -> inMessage(part, text);
            case SearchKey.EmailId id ->
                Verdict.of(ObjectIds.email(row.details().emailId()).equals(id.id()));
            case SearchKey.ThreadId id ->
                Verdict.of(ObjectIds.thread(row.details().threadId()).equals(id.id()));
            case SearchKey.Dated dated -> Verdict.of(isDated(dated, row));
            default -> Verdict.of(narrow(part, row));
        };
    }

    private Verdict judgeAll(List<SearchKey> keys, MessageRow row, @Nullable SearchText text) throws IOException {
        Verdict all = Verdict.YES;
        for (SearchKey each : keys) {
            Verdict one = judge(each, row, text);
            if (one == Verdict.NO) {
                return Verdict.NO;
            }
            all = one == Verdict.UNKNOWN ? one : all;
        }
        return all;
    }

    private Verdict judgeEither(SearchKey.Or or, MessageRow row, @Nullable SearchText text) throws IOException {
        Verdict left = judge(or.left(), row, text);
        if (left == Verdict.YES) {
            return left;
        }
        Verdict right = judge(or.right(), row, text);
        return right == Verdict.YES || left == Verdict.NO ? right : Verdict.UNKNOWN;
    }

    private Verdict inMessage(SearchKey part, @Nullable SearchText text) throws IOException {
        return text == null ? Verdict.UNKNOWN : Verdict.of(text.inMessage(needleOf(part)));
    }

    private Needle needleOf(SearchKey part) {
        Needle needle = needles.get(part);
        if (needle == null) {
            throw new IllegalStateException("a key that wasn't prepared");
        }
        return needle;
    }

    private static boolean isDated(SearchKey.Dated dated, MessageRow row) throws IOException {
        if (dated.field() != SearchKey.DateField.SENT) {
            return compare(day(row, dated.field()), dated);
        }
        Envelope envelope = row.envelope();
        LocalDate day = envelope == null ? null : SentDate.parse(envelope.date());
        return day != null && compare(day, dated);
    }

    private static boolean compare(LocalDate day, SearchKey.Dated dated) {
        return switch (dated.relation()) {
            case BEFORE -> day.isBefore(dated.date());
            case ON -> day.equals(dated.date());
            case SINCE -> !day.isBefore(dated.date());
        };
    }

    private boolean narrow(SearchKey part, MessageRow row) {
        return switch (part) {
            case SearchKey.All all -> true;
            case SearchKey.SaveDateSupported supported -> true;
            // Nothing has \Recent here.
            case SearchKey.Recent recent -> false;
            case SearchKey.HasFlag has -> row.flags().plus(has.flag()).equals(row.flags());
            case SearchKey.Larger larger -> row.sizeBytes() > larger.octets();
            case SearchKey.Smaller smaller -> row.sizeBytes() < smaller.octets();
            case SearchKey.Older older -> nowMillis - row.internalDateMillis() >= older.seconds() * 1000;
            case SearchKey.Younger younger -> nowMillis - row.internalDateMillis() <= younger.seconds() * 1000;
            case SearchKey.ModSeq sequence -> row.modSeq() >= sequence.modSeq();
            default -> inSet(part, row.uid());
        };
    }

    private boolean inSet(SearchKey part, long uid) {
        UidSet set = sets.get(part);
        if (set == null) {
            throw new IllegalStateException("a key that isn't narrow: " + part);
        }
        return set.contains(uid);
    }

    /** RFC 9051 §6.4.4 and RFC 8514 §4.3: dates without time, in the zone in which they are told. */
    private static LocalDate day(MessageRow row, SearchKey.DateField field) {
        boolean saved = field == SearchKey.DateField.SAVED && row.saveDateMillis() > 0;
        long millis = saved ? row.saveDateMillis() : row.internalDateMillis();
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
