package org.moxmail.dkim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** The ARC fields of a header, sorted into sets by their instance, RFC 8617 §5.2 steps 1 and 3. */
final class ArcChain {
    private static final String[] NAMES = {
        ArcAuthenticationResults.FIELD, ArcMessageSignature.FIELD, ArcSeal.FIELD,
    };

    private static final String[] LOWER_NAMES = {
        "arc-authentication-results", "arc-message-signature", "arc-seal",
    };

    /** One instance: the places of its fields in the header, -1 for one that isn't there, and what they say. */
    static final class Link {
        final int instance;
        final int[] fields = {-1, -1, -1};

        @Nullable
        ArcAuthenticationResults results;

        @Nullable
        DkimSignature signature;
        /** Why the signature of the message can't be read, which matters for the newest set only. */
        @Nullable
        String signatureProblem;

        @Nullable
        ArcSeal seal;

        Link(int instance) {
            this.instance = instance;
        }
    }

    private final HeaderBlock header;
    private final DkimLimits limits;
    private final @Nullable Link[] links = new Link[ArcSet.MOST + 1];
    private int highest;
    private boolean empty = true;
    private @Nullable String problem;

    private ArcChain(HeaderBlock header, DkimLimits limits) {
        this.header = header;
        this.limits = limits;
    }

    static ArcChain of(HeaderBlock header, DkimLimits limits) {
        ArcChain chain = new ArcChain(header, limits);
        for (int kind = 0; kind < NAMES.length; kind++) {
            String name = LOWER_NAMES[kind];
            int field = header.lowest(name);
            chain.empty &= field < 0;
            if (header.count(name) > ArcSet.MOST) {
                chain.fail("more than " + ArcSet.MOST + " fields " + NAMES[kind]);
                continue;
            }
            while (field >= 0) {
                chain.add(kind, field);
                field = header.above(field);
            }
        }
        for (int instance = 1; instance <= chain.highest; instance++) {
            chain.complete(instance);
        }
        return chain;
    }

    private void fail(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    private void add(int kind, int field) {
        if (header.size(field) > limits.signatureOctets()) {
            fail(NAMES[kind] + " of over " + limits.signatureOctets() + " octets");
            return;
        }
        String text = header.text(field);
        try {
            switch (kind) {
                case 0 -> {
                    var results = ArcAuthenticationResults.parse(text);
                    link(results.instance(), kind, field).results = results;
                }
                case 1 -> addSignature(text, field);
                default -> {
                    ArcSeal seal = ArcSeal.parse(text);
                    link(seal.instance(), kind, field).seal = seal;
                }
            }
        } catch (SyntaxException e) {
            fail(NAMES[kind] + ": " + e.getMessage());
        }
    }

    private void addSignature(String text, int field) throws SyntaxException {
        TagList tags = FieldPrinter.open(text, ArcMessageSignature.FIELD, "RFC 8617 §4.1.2");
        Link link = link(ArcSet.instance(tags), 1, field);
        try {
            DkimSignature signature = DkimSignature.of(tags, true);
            if (signature.headers().size() > limits.signedFields()) {
                link.signatureProblem = "more than " + limits.signedFields() + " names in h=";
            } else {
                link.signature = signature;
            }
        } catch (SyntaxException e) {
            link.signatureProblem = e.getMessage();
        }
    }

    private Link link(int instance, int kind, int field) {
        Link link = links[instance];
        if (link == null) {
            link = new Link(instance);
            links[instance] = link;
        }
        if (link.fields[kind] >= 0) {
            fail("two fields " + NAMES[kind] + " with i=" + instance);
        }
        link.fields[kind] = field;
        highest = Math.max(highest, instance);
        return link;
    }

    private void complete(int instance) {
        Link link = links[instance];
        for (int kind = 0; kind < NAMES.length; kind++) {
            if (link == null || link.fields[kind] < 0) {
                fail("no " + NAMES[kind] + " with i=" + instance);
            }
        }
    }

    /** Whether the header has no ARC field at all. */
    boolean empty() {
        return empty;
    }

    /** The highest instance that could be read; 0 when there is none. */
    int highest() {
        return highest;
    }

    /** What is wrong with the structure. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Whether the newest seal says that the chain was broken when it came there. */
    boolean ended() {
        Link newest = links[highest];
        return newest != null && newest.seal != null && newest.seal.chain() == ArcStatus.FAIL;
    }

    /** The links in the order of their instances; the structure must be good. */
    List<Link> links() {
        List<Link> all = new ArrayList<>();
        for (int instance = 1; instance <= highest; instance++) {
            Link link = links[instance];
            if (link != null) {
                all.add(link);
            }
        }
        return all;
    }

    /** The message signatures that can be read, the newest first. */
    List<DkimSignature> signatures() {
        List<DkimSignature> all = new ArrayList<>();
        for (Link link : links().reversed()) {
            if (link.signature != null) {
                all.add(link.signature);
            }
        }
        return all;
    }

    HeaderBlock header() {
        return header;
    }
}
