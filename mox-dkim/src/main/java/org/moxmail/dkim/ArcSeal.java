package org.moxmail.dkim;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * An ARC-Seal field, RFC 8617 §4.1.3: a handler's signature of the chain.
 *
 * @param instance i=, which set it is of, from 1
 * @param chain cv=, what the handler found the chain to be that came in
 * @param algorithm a=
 * @param signature b=, at least one octet
 * @param domain d=
 * @param selector s=, in ASCII form
 * @param time t=
 */
public record ArcSeal(
        int instance,
        ArcStatus chain,
        String algorithm,
        Bytes signature,
        DnsName domain,
        String selector,
        Optional<Instant> time) {
    /** The name of the field. */
    public static final String FIELD = "ARC-Seal";

    private static final String RFC = "RFC 8617 §4.1.3";

    public ArcSeal {
        ArcSet.checkInstance(instance);
        Objects.requireNonNull(chain);
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(selector);
        Objects.requireNonNull(time);
        DkimSelector.checkName(selector);
        if (!DkimSignature.isAlgorithm(algorithm)) {
            throw new IllegalArgumentException("algorithm " + algorithm);
        }
    }

    /**
     * Reads a whole field.
     *
     * @throws SyntaxException when it can't be read, a tag is missing, there twice or not allowed; the offset is in chars of the
     *     field
     */
    public static ArcSeal parse(String field) throws SyntaxException {
        TagList tags = FieldPrinter.open(field, FIELD, RFC);
        TagList.Tag h = tags.find("h");
        if (h != null) {
            throw new SyntaxException(h.offset(), "no h= tag", RFC);
        }
        TagList.Tag d = tags.require("d", RFC);
        return new ArcSeal(
                ArcSet.instance(tags),
                status(tags.require("cv", RFC)),
                DkimSignature.algorithm(tags.require("a", RFC)),
                Bytes.copyOf(TagValues.base64(tags.require("b", RFC))),
                TagValues.domain(d.value(), d.offset()),
                TagValues.selector(tags.require("s", RFC)),
                TagValues.time(tags.find("t")));
    }

    private static ArcStatus status(TagList.Tag tag) throws SyntaxException {
        for (ArcStatus status : ArcStatus.values()) {
            if (status.keyword().equals(tag.value())) {
                return status;
            }
        }
        throw new SyntaxException(tag.offset(), "none, pass or fail", RFC);
    }

    /** The whole field, folded, with CRLF: {@link #parse} gives this value back. */
    public String print() {
        return print(TagValues.printBase64(signature));
    }

    String print(String b) {
        FieldPrinter printer = new FieldPrinter(FIELD)
                .tag("i", Integer.toString(instance))
                .tag("a", algorithm)
                .tag("d", domain.ascii())
                .tag("s", selector);
        time.ifPresent(at -> printer.tag("t", Long.toString(at.getEpochSecond())));
        return printer.tag("cv", chain.keyword()).wrapped("b", b).print();
    }
}
