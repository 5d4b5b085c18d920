package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the header of an entity says about it. Of a field that may stand once, the first counts. */
final class EntityHeader {
    private final Set<Defect> defects;
    private final Budget budget;

    private boolean typeSeen;
    private boolean encodingSeen;
    private boolean dispositionSeen;
    private @Nullable ParameterizedValue type;
    private @Nullable String contentId;
    private @Nullable String description;
    private @Nullable String encoding;
    private @Nullable String md5;
    private @Nullable ParameterizedValue disposition;
    private List<String> languages = List.of();
    private @Nullable String location;
    private final @Nullable EnvelopeBuilder envelope;

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

    private EntityHeader(boolean message, Set<Defect> defects, Budget budget) {
        this.defects = defects;
        this.budget = budget;
        this.envelope = message ? new EnvelopeBuilder(defects, budget) : null;
    }

    /**
     * Reads the fields.
     *
     * @param message whether the entity is a message, with an envelope
     */
    static EntityHeader read(byte[] octets, int length, boolean message, Set<Defect> defects, Budget budget) {
        EntityHeader header = new EntityHeader(message, defects, budget);
        HeaderScan scan = new HeaderScan(octets, 0, length);
        while (scan.next()) {
            header.field(scan);
        }
        if (scan.skipped()) {
            defects.add(Defect.HEADER_LINE_WITHOUT_COLON);
        }
        return header;
    }

    private void field(HeaderScan scan) {
        if (envelope != null && envelope.field(scan)) {
            return;
        }
        switch (scan.nameLength()) {
            case 10 -> {
                if (scan.is("content-id")) {
                    contentId = once(contentId, scan);
                }
            }
            case 11 -> {
                if (scan.is("content-md5")) {
                    md5 = once(md5, scan);
                }
            }
            case 12 -> {
                if (scan.is("content-type")) {
                    type(scan);
                }
            }
            case 16 -> {
                if (scan.is("content-location")) {
                    location = once(location, scan);
                } else if (scan.is("content-language") && languages.isEmpty()) {
                    languages = budget.take(languages(text(scan), budget.left()));
                }
            }
            case 19 -> {
                if (scan.is("content-description")) {
                    description = once(description, scan);
                } else if (scan.is("content-disposition")) {
                    disposition(scan);
                }
            }
            case 25 -> {
                if (scan.is("content-transfer-encoding")) {
                    encoding(scan);
                }
            }
            default -> {
                // Not ours to know.
            }
        }
    }

    private String text(HeaderScan scan) {
        return text(scan, defects);
    }

    static String text(HeaderScan scan, Set<Defect> defects) {
        String text = scan.value();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0xdc80 && c <= 0xdcff && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                defects.add(Defect.HEADER_NOT_UTF8);
                break;
            }
        }
        return text;
    }

    private String once(@Nullable String before, HeaderScan scan) {
        if (before != null) {
            defects.add(Defect.REPEATED_FIELD);
            return before;
        }
        return text(scan);
    }

    private void type(HeaderScan scan) {
        if (typeSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        typeSeen = true;
        ParameterizedValue value = ParameterizedValue.parseLenient(text(scan), true);
        if (value.damaged()) {
            defects.add(Defect.BAD_CONTENT_TYPE);
        }
        if (value.value().indexOf('/') > 0) {
            type = value.withParameters(budget.take(value.parameters()));
        } else {
            defects.add(Defect.BAD_CONTENT_TYPE);
        }
    }

    private void encoding(HeaderScan scan) {
        if (encodingSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        encodingSeen = true;
        HeaderTokens tokens = new HeaderTokens(text(scan));
        StringBuilder value = new StringBuilder();
        while (tokens.skipBlanks() && tokens.here() != ';') {
            String token = tokens.token(false);
            // Some write "8 bit" or put quotes around it.
            value.append(token);
            if (token.isEmpty()) {
                tokens.skip();
            }
        }
        encoding = value.isEmpty() ? null : lower(value.toString());
    }

    private void disposition(HeaderScan scan) {
        if (dispositionSeen) {
            defects.add(Defect.REPEATED_FIELD);
            return;
        }
        dispositionSeen = true;
        ParameterizedValue value = ParameterizedValue.parseLenient(text(scan), false);
        if (!value.value().isEmpty()) {
            disposition = value.withParameters(budget.take(value.parameters()));
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

    /** Whether there was a Content-Type that can be used. */
    boolean typed() {
        return type != null;
    }

    /** In lower case, such as {@code text/plain}. */
    String mediaType(boolean inDigest) {
        if (type != null) {
            return type.value();
        }
        // RFC 2045 §5.2 and RFC 2046 §5.1.5.
        return inDigest ? "message/rfc822" : "text/plain";
    }

    List<Parameter> parameters() {
        return type == null ? List.of() : type.parameters();
    }

    @Nullable
    String parameter(String name) {
        for (Parameter parameter : parameters()) {
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

    Part part(Shape shape, boolean inDigest) {
        String mediaType = mediaType(inDigest);
        int slash = mediaType.indexOf('/');
        return new Part(
                shape.headerOffset(),
                shape.bodyOffset(),
                shape.endOffset(),
                shape.headerLines(),
                shape.bodyLines(),
                mediaType.substring(0, slash),
                mediaType.substring(slash + 1),
                parameters(),
                contentId,
                description,
                encoding,
                md5,
                disposition == null ? null : disposition.value(),
                disposition == null ? List.of() : disposition.parameters(),
                languages,
                location,
                envelope == null ? null : envelope.build(),
                shape.parts(),
                shape.message());
    }

    /** Where an entity lies and what is inside. */
    record Shape(
            long headerOffset,
            long bodyOffset,
            long endOffset,
            long headerLines,
            long bodyLines,
            List<Part> parts,
            @Nullable Part message) {}

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
