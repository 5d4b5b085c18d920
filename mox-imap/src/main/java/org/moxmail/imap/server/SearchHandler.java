package org.moxmail.imap.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.EsearchResult;
import org.moxmail.imap.FormPrinter;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SearchReturn;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.Tag;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.UidSet;

/**
 * SEARCH with RFC 4731 and RFC 5182. Rows are judged while they are read; what the row can't decide is judged by the
 * message's octets afterwards, when no snapshot is held.
 */
final class SearchHandler {
    /** Numbers in one SEARCH response. */
    private static final int LINE = 100;

    private static final Set<String> CHARSETS = Set.of("US-ASCII", "UTF-8");

    /** A message and whether it is known to match. */
    private record Candidate(FetchRow row, boolean matches) {}

    private record Batch(List<Candidate> candidates, long last) {}

    /** What was found. */
    private static final class Found {
        private final UidSet.Builder uids = new UidSet.Builder();
        private long count;
        private long modSeq;

        void add(FetchRow row) {
            uids.add(row.uid());
            count++;
            modSeq = Math.max(modSeq, row.modSeq());
        }
    }

    private final Session session;
    private final SelectedMailbox mailbox;
    private final ImapServerLimits limits;
    private final Connection connection;
    private final FormPrinter printer = new FormPrinter();

    SearchHandler(Connection connection, Session session, SelectedMailbox mailbox) {
        this.connection = connection;
        this.session = session;
        this.mailbox = mailbox;
        limits = connection.server().limits;
    }

    Answer search(Tag tag, ImapCommand.Search search) throws IOException {
        Set<SearchReturn> returns = search.returns();
        boolean saves = returns != null && returns.contains(SearchReturn.SAVE);
        String charset = search.charset();
        if (charset != null && !CHARSETS.contains(charset.toUpperCase(Locale.ROOT))) {
            if (saves) {
                // RFC 5182 §2.1: NO empties the saved result, BAD leaves it alone.
                mailbox.save(UidSet.EMPTY);
            }
            return Answer.no(new ResponseCode.BadCharset(List.of("US-ASCII", "UTF-8")), "the charset isn't known");
        }
        SearchProgram program = new SearchProgram(
                search.key(), mailbox, connection.server().timing.instant());
        if (!program.valid()) {
            return Answer.bad("no such message number");
        }
        if (saves) {
            // The old one has been put into the program; from here on only an error of ours can come.
            mailbox.save(UidSet.EMPTY);
        }
        if (program.modSeq()) {
            session.enableCondstore();
        }
        Found found = returns != null && extremesOnly(returns) ? extremes(program, returns) : all(program);
        UidSet uids = found.uids.build();
        if (saves) {
            mailbox.save(uids);
        }
        long modSeq = program.modSeq() && found.count > 0 ? found.modSeq : -1;
        UidSet numbers = search.uid() ? uids : mailbox.numbers(uids);
        if (returns == null && !session.rev2()) {
            tell(numbers, modSeq);
        } else {
            tell(tag, search.uid(), returns == null ? Set.of(SearchReturn.ALL) : returns, numbers, modSeq);
        }
        return Answer.ok("done");
    }

    private static boolean extremesOnly(Set<SearchReturn> returns) {
        return !returns.contains(SearchReturn.ALL)
                && !returns.contains(SearchReturn.COUNT)
                && (returns.contains(SearchReturn.MIN) || returns.contains(SearchReturn.MAX));
    }

    private void tell(UidSet numbers, long modSeq) throws IOException {
        long size = numbers.size();
        long from = 0;
        do {
            long to = Math.min(size, from + LINE);
            UidSet line = size == 0 ? numbers : numbers.between(numbers.at(from), numbers.at(to - 1));
            session.out().write(new ImapResponse.Search(line, modSeq));
            from = to;
        } while (from < size);
    }

    private void tell(Tag tag, boolean uid, Set<SearchReturn> returns, UidSet numbers, long modSeq) throws IOException {
        if (returns.equals(Set.of(SearchReturn.SAVE))) {
            return;
        }
        boolean some = !numbers.isEmpty();
        session.out()
                .write(new ImapResponse.Esearch(new EsearchResult(
                        tag,
                        uid,
                        some && returns.contains(SearchReturn.MIN) ? numbers.min() : -1,
                        some && returns.contains(SearchReturn.MAX) ? numbers.max() : -1,
                        returns.contains(SearchReturn.COUNT) ? numbers.size() : -1,
                        some && returns.contains(SearchReturn.ALL) ? SequenceSet.of(numbers) : null,
                        modSeq)));
    }

    private Found all(SearchProgram program) throws IOException {
        Found found = new Found();
        scan(program, program.candidates(), row -> {
            found.add(row);
            return true;
        });
        return found;
    }

    /** Only the first or last match or both are wanted: looks for them from the ends. */
    private Found extremes(SearchProgram program, Set<SearchReturn> returns) throws IOException {
        UidSet candidates = program.candidates();
        FetchRow min = returns.contains(SearchReturn.MIN) ? first(program, candidates) : null;
        FetchRow max = null;
        if (returns.contains(SearchReturn.MAX) && (min != null || !returns.contains(SearchReturn.MIN))) {
            max = last(program, candidates);
        }
        Found found = new Found();
        if (min != null) {
            found.add(min);
        }
        if (max != null && (min == null || max.uid() != min.uid())) {
            found.add(max);
        }
        return found;
    }

    private @Nullable FetchRow first(SearchProgram program, UidSet uids) throws IOException {
        List<FetchRow> hits = new ArrayList<>();
        scan(program, uids, row -> {
            hits.add(row);
            return false;
        });
        return hits.isEmpty() ? null : hits.getFirst();
    }

    private @Nullable FetchRow last(SearchProgram program, UidSet uids) throws IOException {
        long end = uids.size();
        long width = limits.fetchBatch();
        List<FetchRow> hits = new ArrayList<>();
        while (end > 0 && hits.isEmpty()) {
            long start = Math.max(0, end - width);
            scan(program, uids.between(uids.at(start), uids.at(end - 1)), hits::add);
            end = start;
            width = Math.min(width * 2, Math.max(width, limits.scanBatch()));
        }
        return hits.isEmpty() ? null : hits.getLast();
    }

    /** Hears of matches in ascending order; returns false to hear no more. */
    private interface Hits {
        boolean hit(FetchRow row);
    }

    private void scan(SearchProgram program, UidSet uids, Hits hits) throws IOException {
        UidSet rest = uids;
        while (!rest.isEmpty()) {
            UidSet now = rest;
            Batch batch = session.mail().read(view -> read(view, program, now));
            for (Candidate candidate : batch.candidates()) {
                boolean matches = candidate.matches() || matches(program, candidate.row());
                if (matches && !hits.hit(candidate.row())) {
                    return;
                }
            }
            rest = rest.between(batch.last() + 1, UidSet.MAX);
        }
    }

    private Batch read(ReadView view, SearchProgram program, UidSet uids) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        int[] visited = {0};
        int[] undecided = {0};
        long[] octets = {0};
        long[] last = {uids.max()};
        view.messages(mailbox.id(), uids, 0, row -> {
            Candidate candidate = judge(program, row);
            if (candidate != null) {
                candidates.add(candidate);
                undecided[0] += candidate.matches() ? 0 : 1;
                octets[0] += candidate.row().octetCount();
            }
            if (++visited[0] < limits.scanBatch()
                    && undecided[0] < limits.fetchBatch()
                    && octets[0] < RowBatches.OCTETS) {
                return true;
            }
            last[0] = row.uid();
            return false;
        });
        return new Batch(candidates, last[0]);
    }

    /** Judges by the row; null for a message that can't match. */
    private @Nullable Candidate judge(SearchProgram program, MessageRow row) throws IOException {
        return switch (program.judge(row, null)) {
            case NO -> null;
            case YES -> new Candidate(FetchRow.narrow(row), true);
            case UNKNOWN -> new Candidate(FetchRow.of(row, FetchRow.Columns.DETAILS_AND_OCTETS, printer, false), false);
        };
    }

    /** Judges by the octets. */
    private boolean matches(SearchProgram program, FetchRow row) throws IOException {
        MessageContent octets = row.content();
        try (MessageContent content = octets != null ? octets : session.mail().content(row.messageId())) {
            SearchText text = program.text(content, row.details(), limits.searchHeader());
            return program.judge(row, text) == SearchProgram.Verdict.YES;
        } catch (FileNotFoundException e) {
            // Removed since the row was read, and no cursor of ours remembers it.
            return false;
        }
    }
}
