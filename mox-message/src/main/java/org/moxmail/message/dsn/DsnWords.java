package org.moxmail.message.dsn;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.EncodedWords;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageDate;

/** What a delivery status says, in words for people. */
final class DsnWords {
    /** Of the original's subject. */
    private static final int SUBJECT_CHARS = 200;

    /** Of more recipients than these only the number is told; the status has all of them. */
    private static final int RECIPIENTS = 100;

    private DsnWords() {}

    static String subject(DeliveryStatus status) {
        return switch (gravest(status.recipients())) {
            case FAILED -> "Mail delivery failed";
            case DELAYED -> "Mail delivery delayed";
            case DELIVERED -> "Mail delivered";
            case RELAYED -> "Mail relayed";
            case EXPANDED -> "Mail delivered to an alias";
        };
    }

    /** That which its sender has most to do about. */
    private static DsnAction gravest(List<DsnRecipient> recipients) {
        DsnAction gravest = DsnAction.EXPANDED;
        for (DsnRecipient recipient : recipients) {
            gravest = recipient.action().compareTo(gravest) < 0 ? recipient.action() : gravest;
        }
        return gravest;
    }

    static String text(DeliveryStatus status, HeaderFields original) {
        StringBuilder text = new StringBuilder(1024);
        text.append("This is the mail system at ")
                .append(status.reportingMta().name())
                .append(".\n\nThis is about your message");
        subjectOf(original)
                .ifPresent(subject -> text.append(" \"").append(subject).append('"'));
        text.append(".\n");
        Map<DsnAction, StringBuilder> byAction = new EnumMap<>(DsnAction.class);
        for (DsnRecipient recipient : status.recipients()
                .subList(0, Math.min(RECIPIENTS, status.recipients().size()))) {
            byAction.computeIfAbsent(recipient.action(), action -> new StringBuilder("\n" + sentence(action) + "\n\n"))
                    .append(recipient(recipient));
        }
        byAction.values().forEach(text::append);
        int more = status.recipients().size() - RECIPIENTS;
        if (more > 0) {
            text.append("\nThere are ").append(more).append(" more recipients, see the attached report.\n");
        }
        return text.toString();
    }

    private static Optional<String> subjectOf(HeaderFields original) {
        return original.first("Subject")
                .map(EncodedWords::decode)
                .map(subject -> subject.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip())
                .filter(subject -> !subject.isEmpty())
                .map(subject -> {
                    int end = subject.offsetByCodePoints(
                            0, Math.min(SUBJECT_CHARS, subject.codePointCount(0, subject.length())));
                    return end < subject.length() ? subject.substring(0, end) + "…" : subject;
                });
    }

    private static String sentence(DsnAction action) {
        return switch (action) {
            case FAILED -> "It could not be delivered to these recipients, and will not be tried again:";
            case DELAYED -> "It could not be delivered to these recipients so far. You need not send it again:";
            case DELIVERED -> "It was delivered to these recipients:";
            case RELAYED -> "It was handed on for these recipients, without word on its delivery to come:";
            case EXPANDED -> "It was delivered to these recipients, and sent on to several others:";
        };
    }

    private static String recipient(DsnRecipient recipient) {
        StringBuilder text = new StringBuilder();
        DsnAddress original = recipient.originalRecipient();
        DsnAddress last = recipient.finalRecipient();
        // RFC 3464 §1.3: people know the address that they wrote to.
        text.append("  ").append(original == null ? last.address() : original.address());
        if (original != null && !original.address().equals(last.address())) {
            text.append(" (as ").append(last.address()).append(')');
        }
        text.append('\n');
        reason(recipient).ifPresent(reason -> text.append("    ").append(reason).append('\n'));
        if (recipient.willRetryUntil() != null) {
            text.append("    Attempts go on until ")
                    .append(MessageDate.print(recipient.willRetryUntil()))
                    .append('\n');
        }
        return text.toString();
    }

    private static Optional<String> reason(DsnRecipient recipient) {
        DiagnosticCode diagnostic = recipient.diagnosticCode();
        String comment = recipient.statusComment();
        if (diagnostic != null && !diagnostic.text().isEmpty()) {
            return Optional.of(by(recipient.remoteMta(), diagnostic) + diagnostic.text());
        }
        return Optional.ofNullable(comment);
    }

    private static String by(@Nullable MtaName remote, DiagnosticCode diagnostic) {
        OptionalInt code = diagnostic.smtpCode();
        return remote == null || code.isEmpty() ? "" : remote.name() + " said: ";
    }
}
