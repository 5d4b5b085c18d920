package org.moxmail.message.dsn;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MessageDate;
import org.moxmail.message.dsn.FieldGroups.Field;

/** Reads a delivery status, RFC 3464 §2.1 and RFC 6533 §4.1. Reads once. */
final class StatusReader {
    private final byte[] octets;
    private final boolean global;
    private final DsnLimits limits;
    private final Tolerance tolerance;

    /** @param global whether it's of a {@code message/global-delivery-status} */
    StatusReader(byte[] octets, boolean global, DsnLimits limits, Tolerance tolerance) {
        this.octets = octets;
        this.global = global;
        this.limits = limits;
        this.tolerance = tolerance;
    }

    DeliveryStatus read() throws SyntaxException {
        if (octets.length > limits.statusBytes()) {
            throw new SyntaxException(0, "a status of at most " + limits.statusBytes() + " octets", "RFC 3464 §2.1");
        }
        List<List<Field>> groups = new FieldGroups(text(), limits, tolerance).read();
        if (groups.size() < 2) {
            throw new SyntaxException(0, "fields of a recipient", "RFC 3464 §2.1");
        }
        List<DsnRecipient> recipients = new ArrayList<>();
        for (List<Field> group : groups.subList(1, groups.size())) {
            recipients.add(new RecipientReader(new Group(group, tolerance), tolerance).read());
        }
        return message(new Group(groups.get(0), tolerance), recipients);
    }

    private String text() throws SyntaxException {
        String text = HeaderText.decode(octets, 0, octets.length);
        if (DsnText.isAscii(text)) {
            return text;
        }
        if (!global) {
            tolerance.use(DsnLeniency.EIGHT_BIT, 0, "ASCII only", "RFC 3464 §2.1");
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isHighSurrogate(clean.charAt(i))) {
                i++;
            } else if (Character.isLowSurrogate(clean.charAt(i))) {
                tolerance.use(DsnLeniency.NOT_UTF8, i, "UTF-8", "RFC 6533 §4.1");
                clean.setCharAt(i, '\ufffd');
            }
        }
        return clean.toString();
    }

    private DeliveryStatus message(Group group, List<DsnRecipient> recipients) throws SyntaxException {
        MtaName reporting = group.mta("reporting-mta");
        if (reporting == null) {
            tolerance.use(DsnLeniency.REPORTING_MTA_MISSING, 0, "Reporting-MTA", "RFC 3464 §2.2.2");
            reporting = MtaName.UNKNOWN;
        }
        return new DeliveryStatus(
                group.text("original-envelope-id"),
                reporting,
                group.mta("dsn-gateway"),
                group.mta("received-from-mta"),
                group.date("arrival-date"),
                group.extensions(DeliveryStatus.FIELDS),
                recipients);
    }

    /** The fields of one group, each as what it is. */
    static final class Group {
        private final List<Field> fields;
        private final Tolerance tolerance;

        Group(List<Field> fields, Tolerance tolerance) {
            this.fields = fields;
            this.tolerance = tolerance;
        }

        int offset() {
            return fields.isEmpty() ? 0 : fields.get(0).offset();
        }

        List<Field> all(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).toList();
        }

        /** The first field of that name, unless it has no value. */
        @Nullable
        Field first(String key) throws SyntaxException {
            List<Field> all = all(key);
            if (all.size() > 1) {
                tolerance.use(
                        DsnLeniency.REPEATED_FIELD,
                        all.get(1).offset(),
                        "one " + all.get(1).name(),
                        "RFC 3464 §2.1");
            }
            if (!all.isEmpty() && all.get(0).value().isEmpty()) {
                unusable(all.get(0), "a value of " + all.get(0).name());
                return null;
            }
            return all.isEmpty() ? null : all.get(0);
        }

        void unusable(Field field, String expected) throws SyntaxException {
            tolerance.use(DsnLeniency.UNUSABLE_FIELD, field.offset(), expected, "RFC 3464 §2.1");
        }

        @Nullable
        String text(String key) throws SyntaxException {
            Field field = first(key);
            if (field != null) {
                DsnText.checkText(field.value(), field.offset());
            }
            return field == null ? null : field.value();
        }

        @Nullable
        OffsetDateTime date(String key) throws SyntaxException {
            Field field = first(key);
            if (field == null) {
                return null;
            }
            try {
                return MessageDate.parse(field.value());
            } catch (SyntaxException e) {
                unusable(field, "a date in " + field.name() + ": " + e.expected());
                return null;
            }
        }

        /** The type and text of a field; of the type that {@code otherwise} is, without one. */
        TypedText typed(Field field, String otherwise) throws SyntaxException {
            try {
                return TypedText.parse(field.value());
            } catch (SyntaxException e) {
                tolerance.use(
                        DsnLeniency.TYPE_MISSING, field.offset(), "a type and a semicolon in " + field.name(), e.rfc());
                return new TypedText(otherwise, field.value(), 0);
            }
        }

        @Nullable
        MtaName mta(String key) throws SyntaxException {
            Field field = first(key);
            if (field == null) {
                return null;
            }
            TypedText typed = typed(field, MtaName.DNS);
            if (DsnText.split(typed.text()).text().isEmpty()) {
                unusable(field, "the name of a mail server in " + field.name());
                return null;
            }
            return MtaName.of(typed.type(), typed.text(), field.offset());
        }

        @Nullable
        DsnAddress address(String key) throws SyntaxException {
            Field field = first(key);
            if (field == null) {
                return null;
            }
            TypedText typed = typed(field, DsnAddress.RFC822);
            String text = DsnText.split(typed.text()).text();
            boolean bracketed = DsnAddress.isBracketed(text);
            if (bracketed) {
                tolerance.use(
                        DsnLeniency.ANGLE_BRACKETS,
                        field.offset(),
                        "an address without angle brackets in " + field.name(),
                        "RFC 3464 §2.3.1");
                text = DsnText.strip(text.substring(1, text.length() - 1));
            }
            try {
                return DsnAddress.of(typed.type(), bracketed ? text : typed.text(), field.offset());
            } catch (SyntaxException e) {
                unusable(field, e.expected() + " in " + field.name());
                return null;
            }
        }

        List<DsnField> extensions(Set<String> known) throws SyntaxException {
            List<DsnField> extensions = new ArrayList<>();
            for (Field field : fields) {
                if (!known.contains(field.key())) {
                    DsnText.checkText(field.value(), field.offset());
                    extensions.add(new DsnField(field.name(), field.value()));
                }
            }
            return extensions;
        }
    }

    /** Reads the fields of one recipient. */
    private static final class RecipientReader {
        private final Group group;
        private final Tolerance tolerance;

        RecipientReader(Group group, Tolerance tolerance) {
            this.group = group;
            this.tolerance = tolerance;
        }

        DsnRecipient read() throws SyntaxException {
            DsnAddress original = group.address("original-recipient");
            DsnAddress recipient = group.address("final-recipient");
            if (recipient == null) {
                if (original == null) {
                    throw new SyntaxException(group.offset(), "Final-Recipient", "RFC 3464 §2.3.2");
                }
                tolerance.use(
                        DsnLeniency.FINAL_RECIPIENT_MISSING, group.offset(), "Final-Recipient", "RFC 3464 §2.3.2");
                recipient = original;
                original = null;
            }
            DiagnosticCode diagnostic = diagnostic();
            DsnText.Split status = status();
            DsnStatus code = code(status.text());
            DsnAction action = action(code);
            if (code == null) {
                tolerance.use(DsnLeniency.STATUS_MISSING, group.offset(), "Status", "RFC 3464 §2.3.4");
                code = told(diagnostic).orElse(action.undefinedStatus());
            }
            return new DsnRecipient(
                    original,
                    recipient,
                    action,
                    code,
                    status.comment(),
                    group.mta("remote-mta"),
                    diagnostic,
                    localized(diagnostic),
                    group.date("last-attempt-date"),
                    group.text("final-log-id"),
                    retryUntil(action),
                    group.extensions(DsnRecipient.FIELDS));
        }

        private static Optional<DsnStatus> told(@Nullable DiagnosticCode diagnostic) {
            return Optional.ofNullable(diagnostic).flatMap(DiagnosticCode::smtpStatus);
        }

        private @Nullable DiagnosticCode diagnostic() throws SyntaxException {
            Field field = group.first("diagnostic-code");
            if (field == null) {
                return null;
            }
            boolean reply = field.value().length() >= 3
                    && field.value().substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9');
            TypedText typed = group.typed(field, reply ? DiagnosticCode.SMTP : "unknown");
            DsnText.checkText(typed.text(), field.offset());
            return new DiagnosticCode(typed.type(), typed.text());
        }

        /** The code's text and the comment. */
        private DsnText.Split status() throws SyntaxException {
            Field field = group.first("status");
            if (field == null) {
                return new DsnText.Split("", null);
            }
            DsnText.checkText(field.value(), field.offset());
            DsnText.Split split = DsnText.split(field.value());
            int blank = split.text().indexOf(' ');
            if (blank < 0) {
                return split;
            }
            tolerance.use(
                    DsnLeniency.BARE_STATUS_COMMENT,
                    field.offset(),
                    "parentheses around what follows the code in Status",
                    "RFC 3464 §2.3.4");
            String rest = DsnText.strip(split.text().substring(blank));
            String comment = split.comment() == null ? rest : rest + ' ' + split.comment();
            return new DsnText.Split(split.text().substring(0, blank), comment);
        }

        private @Nullable DsnStatus code(String text) throws SyntaxException {
            if (text.isEmpty()) {
                return null;
            }
            try {
                return DsnStatus.parse(text);
            } catch (SyntaxException e) {
                Field field = group.all("status").get(0);
                group.unusable(field, "a code in Status: " + e.expected());
                return null;
            }
        }

        private DsnAction action(@Nullable DsnStatus code) throws SyntaxException {
            Field field = group.first("action");
            if (field != null) {
                String word = DsnText.split(field.value()).text();
                return DsnAction.ofKeyword(word)
                        .orElseThrow(() -> new SyntaxException(
                                field.offset(),
                                "failed, delayed, delivered, relayed or expanded in Action",
                                "RFC 3464 §2.3.3"));
            }
            if (code == null) {
                throw new SyntaxException(group.offset(), "Action", "RFC 3464 §2.3.3");
            }
            tolerance.use(DsnLeniency.ACTION_MISSING, group.offset(), "Action", "RFC 3464 §2.3.3");
            return switch (code.statusClass()) {
                case 2 -> DsnAction.DELIVERED;
                case 4 -> DsnAction.DELAYED;
                default -> DsnAction.FAILED;
            };
        }

        private @Nullable OffsetDateTime retryUntil(DsnAction action) throws SyntaxException {
            OffsetDateTime date = group.date("will-retry-until");
            if (date != null && action != DsnAction.DELAYED) {
                tolerance.use(
                        DsnLeniency.RETRY_WITHOUT_DELAY,
                        group.offset(),
                        "Will-Retry-Until for delayed mail only",
                        "RFC 3464 §2.3.9");
                return null;
            }
            return date;
        }

        private List<LocalizedDiagnostic> localized(@Nullable DiagnosticCode diagnostic) throws SyntaxException {
            List<LocalizedDiagnostic> all = new ArrayList<>();
            Set<String> languages = new HashSet<>();
            for (Field field : group.all("localized-diagnostic")) {
                DsnText.checkText(field.value(), field.offset());
                int semicolon = Math.max(0, field.value().indexOf(';'));
                String language = DsnText.strip(field.value().substring(0, semicolon));
                if (!LocalizedDiagnostic.isTag(language)) {
                    group.unusable(field, "a language in Localized-Diagnostic");
                    continue;
                }
                LocalizedDiagnostic localized = new LocalizedDiagnostic(
                        language, DsnText.strip(field.value().substring(semicolon + 1)));
                if (diagnostic == null || !languages.add(localized.language())) {
                    tolerance.use(
                            DsnLeniency.LOCALIZED_OUT_OF_PLACE,
                            field.offset(),
                            "Localized-Diagnostic behind Diagnostic-Code, once a language",
                            "RFC 6533 §4.1");
                    continue;
                }
                all.add(localized);
            }
            return all;
        }
    }
}
