package org.moxmail.dkim;

import java.util.Objects;
import org.moxmail.dns.SyntaxException;

/** The three fields that one handler added, RFC 8617 §4.2; all of the same instance. */
public record ArcSet(ArcAuthenticationResults results, ArcMessageSignature signature, ArcSeal seal) {
    /** Sets in a chain at most, RFC 8617 §4.2.1. */
    public static final int MOST = 50;

    private static final String RFC = "RFC 8617 §4.2.1";

    public ArcSet {
        Objects.requireNonNull(results);
        if (signature.instance() != results.instance() || seal.instance() != results.instance()) {
            throw new IllegalArgumentException("fields of several instances");
        }
    }

    /** Which set of the chain it is, from 1. */
    public int instance() {
        return seal.instance();
    }

    /** The fields in the order in which they stand in front of a message. */
    public String print() {
        return seal.print() + signature.print() + results.print();
    }

    static void checkInstance(int instance) {
        if (instance < 1 || instance > MOST) {
            throw new IllegalArgumentException("instance " + instance);
        }
    }

    static int instance(TagList tags) throws SyntaxException {
        TagList.Tag tag = tags.require("i", RFC);
        String value = tag.value();
        if (value.matches("[0-9]{1,2}")) {
            int instance = Integer.parseInt(value);
            if (instance >= 1 && instance <= MOST) {
                return instance;
            }
        }
        throw new SyntaxException(tag.offset(), "an instance from 1 to " + MOST, RFC);
    }
}
