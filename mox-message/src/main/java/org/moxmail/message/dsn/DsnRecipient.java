package org.moxmail.message.dsn;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message for one recipient, {@code per-recipient-fields} of RFC 3464 §2.3 with those of RFC 6533 §4.1.
 *
 * @param originalRecipient the address as the message's sender gave it, by the ORCPT parameter; or null
 * @param finalRecipient the address as the reporting server got it
 * @param action what was done
 * @param status the code for it
 * @param statusComment what it means in words, or null
 * @param remoteMta the server that refused or delayed the message, or null when it was the reporting one
 * @param diagnosticCode what that server said, or null
 * @param localizedDiagnostics the same in other languages, each language once; none without a diagnostic code
 * @param lastAttemptDate in whole seconds, or null
 * @param finalLogId where to look in the log of the remote server; or null
 * @param willRetryUntil when attempts end, for a delayed message; or null. In whole seconds
 * @param extensions fields that the standards leave to others, in their order
 */
public record DsnRecipient(
        @Nullable DsnAddress originalRecipient,
        DsnAddress finalRecipient,
        DsnAction action,
        DsnStatus status,
        @Nullable String statusComment,
        @Nullable MtaName remoteMta,
        @Nullable DiagnosticCode diagnosticCode,
        List<LocalizedDiagnostic> localizedDiagnostics,
        @Nullable OffsetDateTime lastAttemptDate,
        @Nullable String finalLogId,
        @Nullable OffsetDateTime willRetryUntil,
        List<DsnField> extensions) {
    /** In lower case, as the standards order them. */
    static final Set<String> FIELDS = Set.of(
            "original-recipient",
            "final-recipient",
            "action",
            "status",
            "remote-mta",
            "diagnostic-code",
            "localized-diagnostic",
            "last-attempt-date",
            "final-log-id",
            "will-retry-until");

    /** @throws IllegalArgumentException for what the standards forbid, or can't be written */
    public DsnRecipient {
        Objects.requireNonNull(finalRecipient, "finalRecipient");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(status, "status");
        localizedDiagnostics = List.copyOf(localizedDiagnostics);
        extensions = List.copyOf(extensions);
        if (statusComment != null) {
            DsnText.requireComment(statusComment);
        }
        if (finalLogId != null) {
            DsnFields.requireValue(finalLogId, "Final-Log-ID");
        }
        lastAttemptDate = DsnFields.wholeSeconds(lastAttemptDate);
        willRetryUntil = DsnFields.wholeSeconds(willRetryUntil);
        if (willRetryUntil != null && action != DsnAction.DELAYED) {
            throw new IllegalArgumentException("Will-Retry-Until of what is " + action.keyword());
        }
        requireLanguages(localizedDiagnostics, diagnosticCode);
        DsnFields.requireForeign(extensions, FIELDS);
    }

    private static void requireLanguages(List<LocalizedDiagnostic> diagnostics, @Nullable DiagnosticCode code) {
        Set<String> languages = new HashSet<>();
        for (LocalizedDiagnostic diagnostic : diagnostics) {
            if (code == null || !languages.add(diagnostic.language())) {
                throw new IllegalArgumentException("Localized-Diagnostic for " + diagnostic.language());
            }
        }
    }

    static boolean knows(String name) {
        return FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Begins with what is required. */
    public static Builder builder(DsnAddress finalRecipient, DsnAction action, DsnStatus status) {
        return new Builder(finalRecipient, action, status);
    }

    /** Collects what there is to say. For one thread. */
    public static final class Builder {
        private final DsnAddress finalRecipient;
        private final DsnAction action;
        private final DsnStatus status;
        private final List<LocalizedDiagnostic> localizedDiagnostics = new ArrayList<>();
        private final List<DsnField> extensions = new ArrayList<>();
        private @Nullable DsnAddress originalRecipient;
        private @Nullable String statusComment;
        private @Nullable MtaName remoteMta;
        private @Nullable DiagnosticCode diagnosticCode;
        private @Nullable OffsetDateTime lastAttemptDate;
        private @Nullable String finalLogId;
        private @Nullable OffsetDateTime willRetryUntil;

        private Builder(DsnAddress finalRecipient, DsnAction action, DsnStatus status) {
            this.finalRecipient = finalRecipient;
            this.action = action;
            this.status = status;
        }

        /** The address as the message's sender gave it; only when an ORCPT parameter told, RFC 3464 §3. */
        public Builder originalRecipient(DsnAddress address) {
            originalRecipient = address;
            return this;
        }

        /** What the status means in words. */
        public Builder statusComment(String comment) {
            statusComment = comment;
            return this;
        }

        /** The server that refused or delayed the message. */
        public Builder remoteMta(MtaName name) {
            remoteMta = name;
            return this;
        }

        /** What that server said; or the reporting one, without a remote one. */
        public Builder diagnosticCode(DiagnosticCode code) {
            diagnosticCode = code;
            return this;
        }

        /** Adds the diagnostic code's text in another language. */
        public Builder localizedDiagnostic(String language, String text) {
            localizedDiagnostics.add(new LocalizedDiagnostic(language, text));
            return this;
        }

        /** When delivery was last tried. */
        public Builder lastAttemptDate(OffsetDateTime date) {
            lastAttemptDate = date;
            return this;
        }

        /** Where to look in the remote server's log. */
        public Builder finalLogId(String id) {
            finalLogId = id;
            return this;
        }

        /** When attempts end, for a delayed message. */
        public Builder willRetryUntil(OffsetDateTime date) {
            willRetryUntil = date;
            return this;
        }

        /** Adds a field that the standards leave to others. */
        public Builder field(String name, String value) {
            extensions.add(new DsnField(name, value));
            return this;
        }

        /** @throws IllegalArgumentException for what the standards forbid, or can't be written */
        public DsnRecipient build() {
            return new DsnRecipient(
                    originalRecipient,
                    finalRecipient,
                    action,
                    status,
                    statusComment,
                    remoteMta,
                    diagnosticCode,
                    localizedDiagnostics,
                    lastAttemptDate,
                    finalLogId,
                    willRetryUntil,
                    extensions);
        }
    }

    DsnRecipient withAsciiText() {
        return new DsnRecipient(
                originalRecipient == null ? null : originalRecipient.withAsciiText(),
                finalRecipient.withAsciiText(),
                action,
                status,
                statusComment,
                remoteMta == null ? null : remoteMta.withAsciiText(),
                diagnosticCode == null ? null : diagnosticCode.withAsciiText(),
                List.of(),
                lastAttemptDate,
                finalLogId == null ? null : DsnText.escaped(finalLogId),
                willRetryUntil,
                extensions.stream().map(DsnField::withAsciiText).toList());
    }

    /** The fields, each with its line end, in the order of the grammar. */
    String print(boolean utf8) {
        DsnFields fields = new DsnFields(utf8);
        fields.address("Original-Recipient", originalRecipient);
        fields.address("Final-Recipient", finalRecipient);
        fields.text("Action", action.keyword());
        fields.text(
                "Status", status.print() + (statusComment == null ? "" : " " + DsnText.comment(statusComment, utf8)));
        fields.mta("Remote-MTA", remoteMta);
        fields.text("Diagnostic-Code", diagnosticCode == null ? null : diagnosticCode.print());
        for (LocalizedDiagnostic diagnostic : localizedDiagnostics) {
            fields.text("Localized-Diagnostic", diagnostic.language() + "; " + diagnostic.text());
        }
        fields.date("Last-Attempt-Date", lastAttemptDate);
        fields.text("Final-Log-ID", finalLogId);
        fields.date("Will-Retry-Until", willRetryUntil);
        fields.extensions(extensions);
        return fields.print();
    }
}
