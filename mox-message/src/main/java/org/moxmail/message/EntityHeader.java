package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an entity says about it. Of a field that may stand once, the first counts. One is used for many
 * entities, one after the other, for most of what a small message costs is new objects.
 */
final class EntityHeader {
    private final Set<Defect> defects;
    private final Budget budget;
    private final HeaderScan scan;
    private final PlainParameters plain;

    /** Where it is a message. */
    private @Nullable EnvelopeBuilder envelope;

    private boolean typeSeen;
    private boolean encodingSeen;
    private boolean dispositionSeen;
    private @Nullable String type;
    private String subtype = "";
    private List<Parameter> parameters = List.of();
    private @Nullable String contentId;
    private @Nullable String description;
    private @Nullable String encoding;
    private @Nullable String md5;
    private @Nullable String disposition;
    private List<Parameter> dispositionParameters = List.of();
    private List<String> languages = List.of();
    private @Nullable String location;

    EntityHeader(HeaderScan scan, PlainParameters plain, Set<Defect> defects, Budget budget) {
        this.scan = scan;
        this.plain = plain;
        this.defects = defects;
        this.budget = budget;
    }

    /** How many addresses, parameters and tags may still be kept of a message. */
    static final class Budget {
        private int left;
        private final Set<Defect> defects;

        Budget(int items, Set<Defect> defects) {
            this.left = items;
            this.defects = defects;
        }

        /** The list, or its start when not all of it may be kept. */
        <T> List<T> take(List<T> list) {
            int count = Math.min(left, list.size());
            left -= count;
            if (count == list.size()) {
                return list;
            }
            defects.add(Defect.TOO_MANY_ITEMS);
            return List.copyOf(list.subList(0, count));
        }

        int left() {
            return left;
        }
    }

    /**
     * Reads the fields, instead of those read before.
     *
     * @param isMessage whether the entity is a message, with an envelope
     */
    void read(byte[] octets, int from, int to, boolean isMessage) {
        forget();
        EnvelopeBuilder fields = isMessage ? new EnvelopeBuilder(scan, defects, budget) : null;
        envelope = fields;
        scan.begin(octets, from, to);
        while (scan.next()) {
            if (fields == null || !fields.field()) {
                field();
            }
        }
        if (scan.skipped()) {
            defects.add(Defect.HEADER_LINE_WITHOUT_COLON);
        }
    }

    private void forget() {
        typeSeen = false;
        encodingSeen = false;
        dispositionSeen = false;
        type = null;
        subtype = "";
        parameters = List.of();
        contentId = null;
        description = null;
        encoding = null;
        md5 = null;
        disposition = null;
        dispositionParameters = List.of();
        languages = List.of();
        location = null;
    }

    private void field() {
        switch (scan.nameLength()) {
            case 10 -> {
                if (scan.is("content-id")) {
                    contentId = once(contentId);
                }
            }
            case 11 -> {
                if (scan.is("content-md5")) {
                    md5 = once(md5);
                }
            }
            case 12 -> {
                if (scan.is("content-type")) {
                    type();
                }
            }
            case 16 -> {
                if (scan.is("content-location")) {
                    location = once(location);
                } else if (scan.is("content-language") && languages.isEmpty()) {
                    languages = budget.take(languages(text(scan, defects), budget.left()));
                }
            }
            case 19 -> {
                if (scan.is("content-description")) {
                    description = once(description);
                } else if (scan.is("content-disposition")) {
                    disposition();
                }
            }
            case 25 -> {
                if (scan.is("content-transfer-encoding")) {
                    encoding();
                }
            }
            default -> {
                // Not ours to know.
            }
        }
    }

    static String text(HeaderScan scan, Set<Defect> defects) {
        scan.findText();
        return foundText(scan, defects);
    }

    /** The text that the scan has found. */
    static String foundText(HeaderScan scan, Set<Defect> defects) {
        if (LineFeeds.isAscii(scan.text(), scan.textFrom(), scan.textTo())) {
            return HeaderText.ascii(scan.text(), scan.textFrom(), scan.textTo());
        }
        String text = HeaderText.decode(scan.text(), scan.textFrom(), scan.textTo());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0xdc80 && c <= 0xdcff && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                defects.add(Defect.HEADER_NOT_UTF8);
                break;
            }
        }
        return text;
    }

    private String once(@Nullable String before) {
        if (before != null) {
            defects.add(Defect.REPEATED_FIELD);
            return before;
        }
        return text(scan, defects);
    }

    private void type() {
        if (typeSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        typeSeen = true;
        scan.findText();
        if (plain.read(scan, true)) {
            type = plain.value();
            subtype = plain.subtype();
            parameters = budget.take(plain.parameters());
            return;
        }
        ParameterizedValue value = ParameterizedValue.parseLenient(foundText(scan, defects), true);
        int slash = value.value().indexOf('/');
        if (value.damaged() || slash <= 0) {
            defects.add(Defect.BAD_CONTENT_TYPE);
        }
        if (slash > 0) {
            type = value.value().substring(0, slash);
            subtype = value.value().substring(slash + 1);
            parameters = budget.take(value.parameters());
        }
    }

    private void encoding() {
        if (encodingSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        encodingSeen = true;
        scan.findText();
        encoding = plain.read(scan, false) ? plain.value() : brokenEncoding(foundText(scan, defects));
    }

    private static @Nullable String brokenEncoding(String text) {
        HeaderTokens tokens = new HeaderTokens(text);
        StringBuilder value = new StringBuilder();
        while (tokens.skipBlanks() && tokens.here() != ';') {
            String token = tokens.token(false);
            // Some write "8 bit" or put quotes around it.
            value.append(token);
            if (token.isEmpty()) {
                tokens.skip();
            }
        }
        return value.isEmpty() ? null : lower(value.toString());
    }

    private void disposition() {
        if (dispositionSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        dispositionSeen = true;
        scan.findText();
        if (plain.read(scan, false)) {
            disposition = plain.value();
            dispositionParameters = budget.take(plain.parameters());
            return;
        }
        ParameterizedValue value = ParameterizedValue.parseLenient(foundText(scan, defects), false);
        if (!value.value().isEmpty()) {
            disposition = value.value();
            dispositionParameters = budget.take(value.parameters());
        }
    }

    private static List<String> languages(String text, int max) {
        List<String> tags = new ArrayList<>();
        HeaderTokens tokens = new HeaderTokens(text);
        // One more than may be kept, so that the budget notices.
        while (tags.size() <= max && tokens.skipBlanks()) {
            String tag = tokens.token(false);
            if (tag.isEmpty()) {
                tokens.skip();
            } else {
                tags.add(tag);
            }
        }
        return tags;
    }

    boolean isMultipart() {
        return "multipart".equals(type);
    }

    boolean isDigest() {
        return isMultipart() && subtype.equals("digest");
    }

    /** Whether the body is a message; without a type it is in a digest, RFC 2046 §5.1.5. */
    boolean isMessage(boolean inDigest) {
        return type == null
                ? inDigest
                : type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    @Nullable
    String parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** Whether the body is in the message as it is, RFC 2045 §6.2. */
    boolean identityEncoding() {
        return encoding == null || encoding.equals("7bit") || encoding.equals("8bit") || encoding.equals("binary");
    }

    /** The part that the entity with this header is. */
    Part part(Entity entity, long endOffset, long bodyLines) {
        // RFC 2045 §5.2 and RFC 2046 §5.1.5.
        String defaultType = entity.inDigest ? "message" : "text";
        String defaultSubtype = entity.inDigest ? "rfc822" : "plain";
        return new Part(
                entity.headerOffset,
                entity.bodyOffset,
                endOffset,
                entity.headerLines,
                bodyLines,
                type == null ? defaultType : type,
                type == null ? defaultSubtype : subtype,
                parameters,
                contentId,
                description,
                encoding,
                md5,
                disposition,
                dispositionParameters,
                languages,
                location,
                envelope == null ? null : envelope.build(),
                entity.parts,
                entity.embedded);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
