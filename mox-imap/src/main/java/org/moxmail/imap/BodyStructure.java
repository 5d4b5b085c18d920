package org.moxmail.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.Parameter;

/**
 * A message's structure as a server tells it, RFC 9051 §7.5.2. Types, encodings and parameter names are in lower case.
 */
public sealed interface BodyStructure {
    /** The media type. */
    String type();

    String subtype();

    /** Content-Type's parameters; for a multipart only when extension data came. */
    List<Parameter> parameters();

    /** What came behind the basic fields; null when nothing did, which isn't the same as NILs. */
    @Nullable
    Extension extension();

    /**
     * Extension data.
     *
     * @param md5 null for NIL, and for a multipart
     * @param disposition in lower case, or null for NIL
     * @param dispositionParameters its parameters
     * @param languages Content-Language
     * @param location Content-Location, or null
     */
    record Extension(
            @Nullable String md5,
            @Nullable String disposition,
            List<Parameter> dispositionParameters,
            List<String> languages,
            @Nullable String location) {
        public Extension {
            dispositionParameters = List.copyOf(dispositionParameters);
            languages = List.copyOf(languages);
        }
    }

    /** Several parts; at least one. */
    record Multipart(
            List<BodyStructure> parts,
            String subtype,
            List<Parameter> parameters,
            @Nullable Extension extension) implements BodyStructure {
        public Multipart {
            parts = List.copyOf(parts);
            parameters = List.copyOf(parameters);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a multipart without parts");
            }
        }

        @Override
        public String type() {
            return "multipart";
        }
    }

    /**
     * One part.
     *
     * @param id Content-ID, or null
     * @param description Content-Description, or null
     * @param encoding Content-Transfer-Encoding
     * @param sizeBytes as transferred, still encoded
     * @param lines of a text or message part; negative for others
     * @param envelope of the message inside a message part, else null
     * @param message the message inside a message part, else null
     */
    record Single(
            String type,
            String subtype,
            List<Parameter> parameters,
            @Nullable String id,
            @Nullable String description,
            String encoding,
            long sizeBytes,
            long lines,
            @Nullable Envelope envelope,
            @Nullable BodyStructure message,
            @Nullable Extension extension)
            implements BodyStructure {
        public Single {
            parameters = List.copyOf(parameters);
        }
    }
}
