package org.moxmail.message.dsn;

/**
 * A way in which mail servers' notifications stray from the standards and which reading can put up with. Servers are named
 * that were seen to do so in notifications of 2009 to 2024; where none is, it is what mail of any kind suffers on its way.
 */
public enum DsnLeniency {
    /**
     * The mail isn't a {@code multipart/report; report-type=delivery-status}, RFC 3464 §2 (a), but has a part with a delivery
     * status somewhere: OpenSMTPD, McAfee; mailing lists and gateways that wrap what they got.
     */
    NOT_A_REPORT,

    /** The delivery status isn't the second part, RFC 3464 §2 (c), as behind a footer that something added. */
    STATUS_NOT_SECOND,

    /** The delivery status is encoded, which RFC 3464 §2.1 forbids for {@code message/delivery-status}. */
    ENCODED_STATUS,

    /** Octets above 127 are in a {@code message/delivery-status}, which is in 7 bits, RFC 3464 §2.1. */
    EIGHT_BIT,

    /** Octets that aren't UTF-8, RFC 6533 §4.1; they are read as U+FFFD. */
    NOT_UTF8,

    /** Control characters in a field, RFC 5322 §3.2.5; they are read as blanks. */
    CONTROL_CHARACTER,

    /** A line that is neither a field nor a fold of one, RFC 3464 §2.1; it is passed over. */
    LINE_WITHOUT_FIELD,

    /**
     * No blank line before a group of per-recipient fields, RFC 3464 §2.1: AOL's relay, McAfee. A group begins
     * with a field that would be a second Final-Recipient or Original-Recipient.
     */
    GROUPS_JOINED,

    /** A blank line within a group, RFC 3464 §2.1; the fields belong to the group before. */
    GROUP_BROKEN,

    /** A field that may stand once stands again, RFC 3464 §2.2 and §2.3; the first counts. */
    REPEATED_FIELD,

    /** A field is without a value, or the value isn't one of its kind: as if the field weren't there. PowerMTA. */
    UNUSABLE_FIELD,

    /** No Reporting-MTA, RFC 3464 §2.2.2: SurfControl, McAfee. It is {@link MtaName#UNKNOWN}. */
    REPORTING_MTA_MISSING,

    /** No Final-Recipient, RFC 3464 §2.3.2, but an Original-Recipient, which counts: McAfee. */
    FINAL_RECIPIENT_MISSING,

    /** No Action, RFC 3464 §2.3.3: by the class of the status it is failed, delayed or delivered. */
    ACTION_MISSING,

    /** No Status, RFC 3464 §2.3.4, or none that can be read: it is what Diagnostic-Code has, or what Action says: McAfee. */
    STATUS_MISSING,

    /** Text behind the code in Status without parentheses, RFC 3464 §2.3.4; it counts as a comment. */
    BARE_STATUS_COMMENT,

    /** No type in front of an address, MTA name or diagnostic code, RFC 3464 §2.1.2: McAfee. */
    TYPE_MISSING,

    /** Angle brackets around an address, RFC 3464 §2.3.1: Bigfoot, McAfee. */
    ANGLE_BRACKETS,

    /** Will-Retry-Until for a recipient whose mail isn't delayed, RFC 3464 §2.3.9; it is passed over. */
    RETRY_WITHOUT_DELAY,

    /** Localized-Diagnostic without a Diagnostic-Code, or twice in a language, RFC 6533 §4.1; it is passed over. */
    LOCALIZED_OUT_OF_PLACE
}
