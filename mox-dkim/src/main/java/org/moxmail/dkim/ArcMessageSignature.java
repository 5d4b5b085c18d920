package org.moxmail.dkim;

import java.util.Objects;
import org.moxmail.dns.SyntaxException;

/**
 * An ARC-Message-Signature field, RFC 8617 §4.1.2: a handler's signature of the message as it left.
 *
 * @param instance i=, which set it is of, from 1
 * @param signature the other tags, which are those of DKIM; without an identity. The names of signed fields may be none
 */
public record ArcMessageSignature(int instance, DkimSignature signature) {
    /** The name of the field. */
    public static final String FIELD = "ARC-Message-Signature";

    private static final String RFC = "RFC 8617 §4.1.2";

    public ArcMessageSignature {
        ArcSet.checkInstance(instance);
        Objects.requireNonNull(signature);
        if (signature.identity().isPresent()) {
            throw new IllegalArgumentException("identity");
        }
    }

    /**
     * Reads a whole field.
     *
     * @throws SyntaxException when it can't be read, a tag is missing or there twice; the offset is in chars of the field
     */
    public static ArcMessageSignature parse(String field) throws SyntaxException {
        TagList tags = FieldPrinter.open(field, FIELD, RFC);
        return new ArcMessageSignature(ArcSet.instance(tags), DkimSignature.of(tags, true));
    }

    /** The whole field, folded, with CRLF: {@link #parse} gives this value back. */
    public String print() {
        return print(TagValues.printBase64(signature.signature()));
    }

    String print(String b) {
        FieldPrinter printer = new FieldPrinter(FIELD).tag("i", Integer.toString(instance));
        signature.printTags(printer, false, b);
        return printer.print();
    }
}
