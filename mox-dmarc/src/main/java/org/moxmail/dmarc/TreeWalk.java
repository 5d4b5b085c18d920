package org.moxmail.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/**
 * Walks up the tree of the DNS, RFC 9989 §4.10. Names that several walks come by are asked for once, so that an instance is for
 * one message, and for one thread.
 *
 * <p>A record that can't be applied is found like any other (§4.10.1 judges a "retrieved" record). A walk that gets no answer
 * somewhere has no result: what it can't see might have been another organization's.
 */
final class TreeWalk {
    /** RFC 9989 §4.10, step 4: what is left of a name with as many labels or more. */
    private static final int SHORTENED = 7;

    /** What is published at a domain. */
    sealed interface Node {}

    /** One record, of whatever worth. */
    record Published(DnsName domain, DmarcReading reading, boolean authentic) implements Node {}

    /** None, or several, which counts as none. */
    record Nothing(String reason, boolean several, boolean nameExists, boolean authentic) implements Node {}

    /** No answer. */
    record Failed(String reason) implements Node {}

    /**
     * The end of a walk.
     *
     * @param found from the longest name to the shortest
     * @param failure set when the walk got stuck
     */
    record Path(List<Published> found, @Nullable Failed failure, boolean authentic) {}

    private final Resolver resolver;
    private final DmarcStandard standard;
    private final Map<DnsName, Node> nodes = new HashMap<>();

    TreeWalk(Resolver resolver, DmarcStandard standard) {
        this.resolver = resolver;
        this.standard = standard;
    }

    /** What is published at a domain, asked for once. */
    Node at(DnsName domain) throws InterruptedException {
        Node known = nodes.get(domain);
        if (known == null) {
            known = ask(domain);
            nodes.put(domain, known);
        }
        return known;
    }

    private Node ask(DnsName domain) throws InterruptedException {
        DnsName name;
        try {
            name = domain.child("_dmarc");
        } catch (SyntaxException e) {
            return new Nothing(domain + " is too long to have a record", false, false, false);
        }
        return switch (resolver.lookup(name, RecordType.TXT)) {
            case Answer.Found<String> found -> choose(domain, found.records(), found.authentic());
            case Answer.NoData<String> none -> new Nothing(domain + " has no record", false, true, none.authentic());
            case Answer.NxDomain<String> none -> new Nothing(domain + " has no record", false, false, none.authentic());
            case Answer.Failed<String> failed -> new Failed("TXT records of " + name + ": " + failed.detail());
        };
    }

    /** RFC 9989 §4.10, step 2; RFC 7489 §6.6.3, step 2 and 5. */
    private Node choose(DnsName domain, List<String> texts, boolean authentic) {
        String only = null;
        for (String txt : texts) {
            if (DmarcRecord.isDmarc(txt, standard)) {
                if (only != null) {
                    return new Nothing(domain + " has more than one record", true, true, authentic);
                }
                only = txt;
            }
        }
        return only == null
                ? new Nothing(domain + " has no record", false, true, authentic)
                : new Published(domain, DmarcReading.of(only, standard), authentic);
    }

    /** Walks from a domain to the top, or to a record that says where an organization's names end. */
    Path from(DnsName start) throws InterruptedException {
        List<Published> found = new ArrayList<>();
        boolean authentic = true;
        Optional<DnsName> next = Optional.of(start);
        while (next.isPresent()) {
            DnsName domain = next.get();
            switch (at(domain)) {
                case Failed failed -> {
                    return new Path(found, failed, false);
                }
                case Nothing nothing -> authentic &= nothing.authentic();
                case Published published -> {
                    authentic &= published.authentic();
                    found.add(published);
                    if (published.reading().psd() != PsdFlag.UNKNOWN) {
                        return new Path(found, null, authentic);
                    }
                }
            }
            next = above(domain);
        }
        return new Path(found, null, authentic);
    }

    /** The next name of a walk; RFC 9989 §4.10, steps 4 and 7. */
    static Optional<DnsName> above(DnsName domain) {
        Optional<DnsName> next = domain.parent();
        while (next.isPresent() && labels(next.get()) > SHORTENED) {
            next = next.get().parent();
        }
        return next;
    }

    /** RFC 9989 §4.10.2. */
    OrganizationalDomain organizationalDomain(DnsName domain) throws InterruptedException {
        Path path = from(domain);
        if (path.failure() != null) {
            return new OrganizationalDomain.Unknown(path.failure().reason());
        }
        return new OrganizationalDomain.Known(organizationalDomain(domain, path), path.authentic());
    }

    static DnsName organizationalDomain(DnsName start, Path path) {
        if (path.found().isEmpty()) {
            return start;
        }
        Published last = path.found().getLast();
        return last.reading().psd() == PsdFlag.YES && !last.domain().equals(start)
                ? oneLabelBelow(last.domain(), start)
                : last.domain();
    }

    private static DnsName oneLabelBelow(DnsName suffix, DnsName start) {
        DnsName below = start;
        for (Optional<DnsName> at = Optional.of(start);
                at.isPresent() && !at.get().equals(suffix);
                at = at.get().parent()) {
            below = at.get();
        }
        return below;
    }

    static int labels(DnsName name) {
        String text = name.ascii();
        int labels = 1;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            labels++;
        }
        return labels;
    }
}
