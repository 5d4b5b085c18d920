package org.moxmail.imap.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.FetchItem.Attribute;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.SectionSpec;

/** What a FETCH needs of each message. */
final class FetchPlan {
    private final List<FetchItem> items;
    private final boolean changedSince;
    private final boolean flags;
    private final boolean modSeq;
    private final FetchRow.Columns columns;
    private final boolean octets;
    private final boolean preview;
    private final boolean marksSeen;

    FetchPlan(ImapCommand.Fetch fetch) {
        items = fetch.items();
        changedSince = fetch.changedSince() >= 0;
        flags = items.contains(Attribute.FLAGS);
        modSeq = items.contains(Attribute.MODSEQ);
        octets = items.stream().anyMatch(FetchPlan::isOctets);
        preview = items.stream().anyMatch(FetchItem.Preview.class::isInstance);
        boolean details = preview || items.stream().anyMatch(FetchPlan::isWide);
        columns = new FetchRow.Columns(
                items.contains(Attribute.ENVELOPE), items.contains(Attribute.BODYSTRUCTURE), details, octets);
        marksSeen = items.stream().anyMatch(FetchPlan::isSeeing);
    }

    static boolean isOctets(FetchItem item) {
        return item instanceof FetchItem.Section
                || item instanceof FetchItem.Binary
                || item instanceof FetchItem.BinarySize
                || item instanceof Attribute attribute && section(attribute) != null;
    }

    /** More is needed than what is printed already, or the message's octets. */
    private static boolean isWide(FetchItem item) {
        return item == Attribute.BODY
                || item == Attribute.EMAILID
                || item == Attribute.THREADID
                || isOctets(item) && !isWhole(item);
    }

    /** All of a message's octets are asked for, where they are read without knowing its structure. */
    static boolean isWhole(FetchItem item) {
        return item == Attribute.RFC822
                || item instanceof FetchItem.Section section && section.spec().equals(SectionSpec.MESSAGE);
    }

    private static boolean isSeeing(FetchItem item) {
        return item instanceof FetchItem.Section section && !section.peek()
                || item instanceof FetchItem.Binary binary && !binary.peek()
                || item == Attribute.RFC822
                || item == Attribute.RFC822_TEXT;
    }

    /** The section that an RFC822 item stands for (RFC 3501 §6.4.5), or null. */
    static @Nullable SectionSpec section(Attribute attribute) {
        return switch (attribute) {
            case RFC822 -> SectionSpec.MESSAGE;
            case RFC822_HEADER -> SectionSpec.HEADER;
            case RFC822_TEXT -> SectionSpec.TEXT;
            default -> null;
        };
    }

    List<FetchItem> items() {
        return items;
    }

    /** FLAGS is among the items. */
    boolean flags() {
        return flags;
    }

    /** What has to be read of each row. */
    FetchRow.Columns columns() {
        return columns;
    }

    boolean preview() {
        return preview;
    }

    /** The message's octets are needed. */
    boolean content(FetchRow row) {
        return octets || preview && row.details().preview() == null;
    }

    /** Some item sets {@code \Seen}. */
    boolean marksSeen() {
        return marksSeen;
    }

    /** RFC 7162 §3.1. */
    boolean enablesCondstore() {
        return modSeq || changedSince;
    }

    /** RFC 7162 §3.1.4.1: CHANGEDSINCE implies MODSEQ. */
    boolean addsModSeq() {
        return changedSince && !modSeq;
    }
}
