package org.moxmail.message;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a body is encoded for transport, RFC 2045 §6. */
public enum TransferEncoding {
    /** Lines of ASCII. */
    SEVEN_BIT("7bit"),
    /** Lines of any octets. */
    EIGHT_BIT("8bit"),
    /** Any octets. */
    BINARY("binary"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64"),
    /** Older than MIME and not in it, but met in mail. */
    UUENCODE("x-uuencode");

    private final String keyword;

    TransferEncoding(String keyword) {
        this.keyword = keyword;
    }

    /** The word in a Content-Transfer-Encoding field. */
    public String keyword() {
        return keyword;
    }

    /**
     * The encoding of that name, 7bit for null.
     *
     * @return empty for an unknown name
     */
    public static Optional<TransferEncoding> find(@Nullable String name) {
        if (name == null) {
            return Optional.of(SEVEN_BIT);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (TransferEncoding encoding : values()) {
            if (encoding.keyword.equals(lower)) {
                return Optional.of(encoding);
            }
        }
        return switch (lower) {
            case "uuencode", "x-uue" -> Optional.of(UUENCODE);
            default -> Optional.empty();
        };
    }

    /** The octets that {@code encoded} stands for. Closing closes it. */
    public DecodedStream decode(InputStream encoded) {
        return switch (this) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> new IdentityStream(encoded);
            case QUOTED_PRINTABLE -> new QuotedPrintableStream(encoded);
            case BASE64 -> new Base64Stream(encoded);
            case UUENCODE -> new UuencodeStream(encoded);
        };
    }
}
