package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of an {@link Envelope} from a header. */
final class EnvelopeBuilder {
    private final HeaderScan scan;
    private final Set<Defect> defects;
    private final EntityHeader.Budget budget;

    private @Nullable String date;
    private @Nullable String subject;
    private @Nullable String inReplyTo;
    private @Nullable String messageId;
    private List<MailboxAddress> from = List.of();
    private List<MailboxAddress> sender = List.of();
    private List<MailboxAddress> replyTo = List.of();
    private List<MailboxAddress> to = List.of();
    private List<MailboxAddress> cc = List.of();
    private List<MailboxAddress> bcc = List.of();

    EnvelopeBuilder(HeaderScan scan, Set<Defect> defects, EntityHeader.Budget budget) {
        this.scan = scan;
        this.defects = defects;
        this.budget = budget;
    }

    /** Takes the field at which the scan is; false when it is none of the envelope's. */
    boolean field() {
        switch (scan.nameLength()) {
            case 2 -> {
                if (scan.is("to")) {
                    to = addresses(to);
                } else if (scan.is("cc")) {
                    cc = addresses(cc);
                } else {
                    return false;
                }
            }
            case 3 -> {
                if (!scan.is("bcc")) {
                    return false;
                }
                bcc = addresses(bcc);
            }
            case 4 -> {
                if (scan.is("from")) {
                    from = addresses(from);
                } else if (scan.is("date")) {
                    date = once(date);
                } else {
                    return false;
                }
            }
            case 6 -> {
                if (!scan.is("sender")) {
                    return false;
                }
                sender = addresses(sender);
            }
            case 7 -> {
                if (!scan.is("subject")) {
                    return false;
                }
                subject = once(subject);
            }
            case 8 -> {
                if (!scan.is("reply-to")) {
                    return false;
                }
                replyTo = addresses(replyTo);
            }
            case 10 -> {
                if (!scan.is("message-id")) {
                    return false;
                }
                messageId = once(messageId);
            }
            case 11 -> {
                if (!scan.is("in-reply-to")) {
                    return false;
                }
                inReplyTo = once(inReplyTo);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private String once(@Nullable String before) {
        if (before != null) {
            defects.add(Defect.REPEATED_FIELD);
            return before;
        }
        return EntityHeader.text(scan, defects);
    }

    private List<MailboxAddress> addresses(List<MailboxAddress> before) {
        scan.findText();
        List<MailboxAddress> parsed = PlainAddresses.read(scan.text(), scan.textFrom(), scan.textTo());
        if (parsed == null) {
            // One more than may be kept, so that the budget notices.
            AddressList list = AddressList.parseLenient(EntityHeader.foundText(scan, defects), budget.left() + 1);
            if (list.damaged()) {
                defects.add(Defect.BAD_ADDRESS);
            }
            parsed = list.entries();
        }
        List<MailboxAddress> kept = budget.take(parsed);
        if (before.isEmpty()) {
            return kept;
        }
        defects.add(Defect.REPEATED_FIELD);
        List<MailboxAddress> all = new ArrayList<>(before);
        all.addAll(kept);
        return all;
    }

    Envelope build() {
        return new Envelope(
                date,
                subject,
                from,
                sender.isEmpty() ? from : sender,
                replyTo.isEmpty() ? from : replyTo,
                to,
                cc,
                bcc,
                inReplyTo,
                messageId);
    }
}
