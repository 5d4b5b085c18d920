package org.moxmail.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Parses a message while it passes: octets are {@linkplain #feed fed} in pieces of any size, and at the end
 * {@link #finish} tells its structure (RFC 5322, RFC 2045, RFC 2046). It never fails: a message that strays from the
 * standards has a structure too, and {@link #defects} tells what was wrong. How the octets are cut into pieces makes no
 * difference.
 *
 * <p>One pass, and no body is kept. Only the header of the entity at hand is gathered. In a body one thing matters: lines
 * that start with {@code --} while a multipart is open, for one may be a delimiter. So a body is searched for LF octets,
 * eight octets at a time, and the octet behind an LF is looked at. A line that starts with {@code -} is gathered as far as
 * the longest open boundary needs, and compared when its LF comes. Without an open multipart LFs are only counted.
 *
 * <p>Entities that are open form a stack. A delimiter of the k-th ends those above it; the line end in front of the
 * delimiter belongs to the delimiter (RFC 2046 §5.1.1). A closing delimiter takes the multipart's boundary away, so that
 * the epilogue is skipped up to a delimiter of a multipart further out. An embedded message is parsed in place.
 *
 * <p>Time is linear in the octets, whatever they are; memory is bounded by the {@link MessageLimits}. For one message and
 * one thread.
 */
public final class MessageParser {

    /** Where the next octet stands in its line. */
    private enum Place {
        /** It is the first. */
        START,
        /** The line starts with a hyphen and may be a delimiter. */
        CANDIDATE,
        /** The rest of the line doesn't matter. */
        REST
    }

    private static final byte[] NONE = {};

    private final MessageLimits limits;
    private final EnumSet<Defect> defects = EnumSet.noneOf(Defect.class);
    private final EntityHeader.Budget budget;

    private final HeaderScan scan = new HeaderScan();
    private final PlainParameters plain = new PlainParameters();

    /** The entities that haven't ended, the message first; behind them those that may be used again. */
    private final List<Entity> stack = new ArrayList<>(4);

    /** How many haven't ended. */
    private int open;

    private int entities;
    private boolean finished;

    /** Where the piece at hand starts in the message; between pieces, how many octets came. */
    private long position;

    private long lines;
    private byte last;
    private byte lastButOne;

    private boolean inHeader;
    private byte[] header = NONE;
    private int headerLength;
    private long headerBytesLeft;
    private int headerLineFrom;
    private long lineOctets;
    private byte lineFirst;

    /** Open multiparts that have no closing delimiter yet. */
    private int boundaries;

    private Place place = Place.START;
    private byte[] candidate = NONE;
    private int candidateLength;
    private int candidateMax;
    /** Where the line at hand starts in the message. */
    private long lineStart;
    /** Octets of the line end in front of it. */
    private int lineEndBefore;

    public MessageParser(MessageLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        budget = new EntityHeader.Budget(limits.items(), defects);
        headerBytesLeft = limits.allHeaderBytes();
        begin(true, false);
    }

    /**
     * Takes the next octets of the message. They are looked at during the call only.
     *
     * @throws IllegalStateException after {@link #finish}
     */
    public void feed(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (finished) {
            throw new IllegalStateException("the message has ended");
        }
        if (length == 0) {
            return;
        }
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (inHeader) {
                i = lineOctets == 0 && headerLength == 0 && wholeHeader(octets, offset, i, end)
                        ? (int) (next - position) + offset
                        : header(octets, offset, i, end);
            } else if (boundaries == 0) {
                lines += LineFeeds.count(octets, i, end);
                i = end;
            } else {
                i = body(octets, offset, i, end);
            }
        }
        position += length;
        lastButOne = length > 1 ? octets[end - 2] : last;
        last = octets[end - 1];
    }

    /**
     * The message has ended.
     *
     * @return its structure; offsets count from the first octet fed
     * @throws IllegalStateException when called again
     */
    public Part finish() {
        if (finished) {
            throw new IllegalStateException("the message has ended");
        }
        finished = true;
        if (inHeader && lineOctets > 0 || !inHeader && place == Place.CANDIDATE) {
            // The last line has no line end.
            lineEnds(position);
        }
        Part part = endInnermost(position, lines);
        while (open > 0) {
            part = endInnermost(position, lines);
        }
        return part;
    }

    /** What is wrong with the message, as far as it was fed. */
    public Set<Defect> defects() {
        return Collections.unmodifiableSet(defects.clone());
    }

    /** Parses a whole message within {@link MessageLimits#DEFAULT}. */
    public static Part parse(MessageContent content) throws IOException {
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        byte[] buffer = new byte[(int) Math.min(16384, content.size() + 1)];
        long at = 0;
        int read = content.read(at, buffer, 0, buffer.length);
        while (read > 0) {
            parser.feed(buffer, 0, read);
            at += read;
            read = content.read(at, buffer, 0, buffer.length);
        }
        return parser.finish();
    }

    /** Parses a whole message within {@link MessageLimits#DEFAULT}. */
    public static Part parse(byte[] octets) {
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(octets, 0, octets.length);
        return parser.finish();
    }

    // ---- headers

    private void begin(boolean message, boolean inDigest) {
        if (open == stack.size()) {
            stack.add(new Entity(new EntityHeader(scan, plain, defects, budget)));
        }
        stack.get(open++).begin(at(), lines, message, inDigest);
        entities++;
        inHeader = true;
        headerLength = 0;
        startLine();
    }

    /** Where the header or line that begins now starts. */
    private long at() {
        return next;
    }

    /** The offset in the message behind the line that ended last. */
    private long next;

    private void startLine() {
        place = Place.START;
        lineOctets = 0;
        candidateLength = 0;
        headerLineFrom = headerLength;
    }

    /**
     * Takes a header without gathering it, when all of it is in the piece at hand, within the limits, and no line of it may
     * be a delimiter. Nearly all are such.
     */
    private boolean wholeHeader(byte[] octets, int offset, int from, int end) {
        int stop = (int) Math.min(end, from + Math.min(limits.headerBytes(), headerBytesLeft));
        boolean bare = false;
        int feeds = 0;
        int i = from;
        while (true) {
            int feed = LineFeeds.find(octets, i, stop);
            if (feed == stop || octets[i] == '-' && boundaries > 0) {
                return false;
            }
            boolean withCr = feed > i && octets[feed - 1] == '\r';
            bare |= !withCr;
            feeds++;
            int length = feed - i;
            i = feed + 1;
            if (length == 0 || length == 1 && withCr) {
                break;
            }
        }
        if (bare) {
            defects.add(Defect.BARE_LF);
        }
        lines += feeds;
        next = position + i - offset;
        headerBytesLeft -= i - from;
        endHeader(octets, from, i, next, lines);
        enter();
        return true;
    }

    /** Takes a line of a header, or the piece of it that there is. */
    private int header(byte[] octets, int offset, int from, int end) {
        int stop = LineFeeds.find(octets, from, end);
        boolean complete = stop < end;
        stop = complete ? stop + 1 : end;
        if (lineOctets == 0) {
            lineFirst = octets[from];
            lineStart = position + from - offset;
            lineEndBefore = lineEndBefore(octets, offset, from);
            place = boundaries > 0 && lineFirst == '-' ? Place.CANDIDATE : Place.REST;
        }
        if (place == Place.CANDIDATE) {
            gather(octets, from, complete ? stop - 1 : stop);
        }
        append(octets, from, stop);
        lineOctets += stop - from;
        if (complete) {
            if ((stop - from > 1 ? octets[stop - 2] : lineOctets > 1 ? last : 0) != '\r') {
                defects.add(Defect.BARE_LF);
            }
            lines++;
            next = position + stop - offset;
            lineEnds(next);
        }
        return stop;
    }

    private void append(byte[] octets, int from, int to) {
        int room = (int) Math.min(limits.headerBytes() - headerLength, headerBytesLeft);
        int count = Math.min(to - from, room);
        if (count < to - from) {
            defects.add(Defect.HEADER_TOO_LARGE);
        }
        if (headerLength + count > header.length) {
            header = Arrays.copyOf(header, Math.max(headerLength + count, Math.max(1024, header.length * 2)));
        }
        System.arraycopy(octets, from, header, headerLength, count);
        headerLength += count;
        headerBytesLeft -= count;
    }

    /** The line at hand has ended before {@code after}, in a header or as a candidate in a body. */
    private void lineEnds(long after) {
        if (place == Place.CANDIDATE && delimiter(after)) {
            return;
        }
        if (!inHeader) {
            place = Place.REST;
            return;
        }
        boolean empty =
                lineOctets == 1 && lineFirst == '\n' || lineOctets == 2 && lineFirst == '\r' && last2IsLf(after);
        if (empty) {
            endHeader(after, lines);
            if (!finished) {
                enter();
            }
        } else {
            startLine();
        }
    }

    /** A line of two octets that starts with CR is empty when it is complete: its second octet is the LF. */
    private boolean last2IsLf(long after) {
        return after == next;
    }

    private void endHeader(long bodyOffset, long linesNow) {
        endHeader(header, 0, headerLength, bodyOffset, linesNow);
    }

    private void endHeader(byte[] octets, int from, int to, long bodyOffset, long linesNow) {
        Entity entity = innermost();
        entity.bodyOffset = bodyOffset;
        entity.headerLines = linesNow - entity.headerStartLines;
        entity.header.read(octets, from, to, entity.message);
        headerLength = 0;
        inHeader = false;
    }

    /** The innermost entity's body begins: what is it? */
    private void enter() {
        Entity entity = innermost();
        EntityHeader fields = entity.header;
        startLine();
        if (fields.isMultipart()) {
            openMultipart(entity, fields);
        } else if (fields.isMessage(entity.inDigest)) {
            if (!fields.identityEncoding()) {
                defects.add(Defect.ENCODED_COMPOSITE);
            } else if (entities >= limits.parts()) {
                defects.add(Defect.TOO_MANY_PARTS);
            } else if (open > limits.depth()) {
                defects.add(Defect.TOO_DEEP);
            } else {
                begin(true, false);
            }
        }
    }

    private void openMultipart(Entity entity, EntityHeader fields) {
        String boundary = fields.parameter("boundary");
        byte[] octets = boundary == null ? new byte[0] : HeaderText.encode(boundary.stripTrailing());
        if (!fields.identityEncoding()) {
            defects.add(Defect.ENCODED_COMPOSITE);
        }
        if (octets.length == 0 || octets.length > limits.boundaryBytes()) {
            defects.add(Defect.MISSING_BOUNDARY);
        } else if (open > limits.depth()) {
            defects.add(Defect.TOO_DEEP);
        } else {
            entity.boundary = octets;
            entity.parts = new ArrayList<>(4);
            countBoundaries();
        }
    }

    // ---- bodies

    /** Searches a body with an open multipart around it. */
    private int body(byte[] octets, int offset, int from, int end) {
        int i = from;
        while (i < end) {
            switch (place) {
                case START -> {
                    if (octets[i] == '-') {
                        lineStart = position + i - offset;
                        lineEndBefore = lineEndBefore(octets, offset, i);
                        candidateLength = 0;
                        place = Place.CANDIDATE;
                    } else {
                        place = Place.REST;
                    }
                }
                case CANDIDATE -> {
                    int stop = LineFeeds.find(octets, i, end);
                    gather(octets, i, stop);
                    if (stop == end) {
                        return end;
                    }
                    lines++;
                    i = stop + 1;
                    next = position + i - offset;
                    place = Place.CANDIDATE;
                    lineEnds(next);
                    if (inHeader || boundaries == 0) {
                        return i;
                    }
                    place = Place.START;
                }
                case REST -> i = skipLines(octets, i, end);
            }
        }
        return end;
    }

    /** Goes to the next line that starts with a hyphen. Sets the place; counts line ends. */
    private int skipLines(byte[] octets, int from, int end) {
        int i = from;
        long seen = 0;
        while (i + LineFeeds.BLOCK < end) {
            int found = LineFeeds.block(octets, i);
            if (found < 0) {
                break;
            }
            seen += found;
            i += LineFeeds.BLOCK;
        }
        while (i + Long.BYTES < end) {
            long found = LineFeeds.marks(octets, i);
            while (found != 0) {
                int behind = i + (Long.numberOfTrailingZeros(found) >>> 3) + 1;
                seen++;
                if (octets[behind] == '-') {
                    lines += seen;
                    place = Place.START;
                    return behind;
                }
                found &= found - 1;
            }
            i += Long.BYTES;
        }
        while (i < end) {
            if (octets[i++] == '\n') {
                seen++;
                if (i == end || octets[i] == '-') {
                    lines += seen;
                    place = Place.START;
                    return i;
                }
            }
        }
        lines += seen;
        return end;
    }

    /** How many octets the line end in front of the octet at {@code i} has. */
    private int lineEndBefore(byte[] octets, int offset, int i) {
        int behind = i - offset;
        if (position + behind == 0) {
            return 0;
        }
        byte before = behind > 1 ? octets[i - 2] : behind == 1 ? last : lastButOne;
        return position + behind > 1 && before == '\r' ? 2 : 1;
    }

    private void gather(byte[] octets, int from, int to) {
        int count = Math.min(to - from, candidateMax - candidateLength);
        if (count > 0) {
            System.arraycopy(octets, from, candidate, candidateLength, count);
            candidateLength += count;
        }
    }

    // ---- delimiters

    private void countBoundaries() {
        boundaries = 0;
        int longest = 0;
        for (int i = 0; i < open; i++) {
            byte[] boundary = stack.get(i).boundary;
            if (boundary != null) {
                boundaries++;
                longest = Math.max(longest, boundary.length);
            }
        }
        // The hyphens in front and behind, and one more to see what follows.
        candidateMax = longest + 5;
        if (candidate.length < candidateMax) {
            candidate = new byte[candidateMax];
        }
    }

    /** Acts on the gathered line if it is a delimiter. */
    private boolean delimiter(long after) {
        if (candidateLength < 3 || candidate[1] != '-') {
            return false;
        }
        int match = -1;
        int length = 0;
        for (int i = open - 1; i >= 0; i--) {
            byte[] boundary = stack.get(i).boundary;
            // Of two boundaries that fit, one starting with the other, the longer one was meant.
            if (boundary != null && boundary.length > length && matches(boundary)) {
                match = i;
                length = boundary.length;
            }
        }
        if (match < 0) {
            return false;
        }
        boolean closing = candidateLength >= length + 4 && candidate[length + 2] == '-' && candidate[length + 3] == '-';
        act(match, closing, after);
        return true;
    }

    private boolean matches(byte[] boundary) {
        int to = boundary.length + 2;
        if (to > candidateLength || !Arrays.equals(candidate, 2, to, boundary, 0, boundary.length)) {
            return false;
        }
        if (to == candidateLength) {
            return true;
        }
        byte follows = candidate[to];
        return follows == ' '
                || follows == '\t'
                || follows == '\r'
                || follows == '-' && to + 1 < candidateLength && candidate[to + 1] == '-';
    }

    private void act(int match, boolean closing, long after) {
        boolean complete = after == next;
        long lineStartLines = complete ? lines - 1 : lines;
        long end = lineStart - lineEndBefore;
        if (inHeader) {
            headerLength = headerLineFrom;
            defects.add(Defect.HEADER_WITHOUT_END);
            endHeader(end, lineStartLines - 1);
        }
        while (open > match + 1) {
            endInnermost(end, lineStartLines - 1);
        }
        Entity multipart = innermost();
        if (closing) {
            multipart.boundary = null;
            multipart.closed = true;
            countBoundaries();
            startLine();
        } else if (entities >= limits.parts()) {
            defects.add(Defect.TOO_MANY_PARTS);
            startLine();
        } else {
            if (!complete) {
                next = after;
            }
            begin(false, multipart.header.isDigest());
        }
    }

    // ---- ends

    private Entity innermost() {
        return stack.get(open - 1);
    }

    /** Ends the innermost entity, and gives its part to the one around it. */
    private Part endInnermost(long end, long linesNow) {
        if (inHeader) {
            endHeader(end, linesNow);
        }
        Entity entity = stack.get(--open);
        if (entity.boundary != null) {
            defects.add(Defect.MISSING_FINAL_BOUNDARY);
        }
        if ((entity.boundary != null || entity.closed) && entity.parts.isEmpty()) {
            defects.add(Defect.NO_PARTS);
        }
        if (entity.boundary != null) {
            countBoundaries();
        }
        if (end <= entity.bodyOffset) {
            // A delimiter right behind the header: by RFC 2046's grammar the empty line, or the line end of the
            // delimiter in
            // front when there is no header, is the delimiter's.
            entity.headerOffset = Math.min(entity.headerOffset, end);
            entity.headerStartLines = Math.min(entity.headerStartLines, linesNow);
            entity.bodyOffset = end;
            entity.headerLines = linesNow - entity.headerStartLines;
        }
        long bodyLines = linesNow - entity.bodyStartLines();
        Part part = entity.header.part(entity, end, bodyLines);
        if (open > 0) {
            Entity around = innermost();
            if (around.boundary != null || around.closed) {
                around.parts.add(part);
            } else {
                around.embedded = part;
            }
        }
        return part;
    }
}
