package org.moxmail.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderField;

/**
 * What a DKIM-Signature field says, RFC 6376 §3.5.
 *
 * @param algorithm a=, such as {@code rsa-sha256}; may be one that isn't {@linkplain #knownAlgorithm known}
 * @param signature b=, at least one octet
 * @param bodyHash bh=, as long as the hash of a known algorithm is
 * @param header c=, how the header was canonicalized
 * @param body c=, how the body was canonicalized
 * @param domain d=, the signing domain, which answers for the message
 * @param selector s=, which of the domain's keys; in ASCII form
 * @param headers h=, the names of the signed fields in their order, as written; not empty
 * @param identity i=; empty when it isn't there, see {@link #auid}
 * @param length l=, octets of the canonical body that are signed; {@link Long#MAX_VALUE} for any larger number
 * @param queries q=, how to get the key; empty when it isn't there, which means DNS
 * @param time t=, when it was signed
 * @param expiration x=, when it ends; behind t=
 * @param copied z=, fields as they were when signed, for diagnosis only
 */
public record DkimSignature(
        String algorithm,
        Bytes signature,
        Bytes bodyHash,
        Canonicalization header,
        Canonicalization body,
        DnsName domain,
        String selector,
        List<String> headers,
        Optional<Auid> identity,
        OptionalLong length,
        List<String> queries,
        Optional<Instant> time,
        Optional<Instant> expiration,
        List<HeaderField> copied) {
    /** The name of the field. */
    public static final String FIELD = "DKIM-Signature";

    /** The way to get a key that there is, RFC 6376 §3.5. */
    static final String DNS_TXT = "dns/txt";

    private static final String RFC = "RFC 6376 §3.5";

    public DkimSignature {
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(bodyHash);
        Objects.requireNonNull(header);
        Objects.requireNonNull(body);
        Objects.requireNonNull(domain);
        Objects.requireNonNull(selector);
        headers = List.copyOf(headers);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(length);
        queries = List.copyOf(queries);
        Objects.requireNonNull(time);
        Objects.requireNonNull(expiration);
        copied = List.copyOf(copied);
        DkimSelector.checkName(selector);
        if (!isAlgorithm(algorithm)
                || !all(headers, TagValues::isFieldName)
                || !all(queries, DkimSignature::isQuery)
                || identity.isPresent() && !identity.get().domain().isSubdomainOf(domain)) {
            throw new IllegalArgumentException("a value that no tag can have");
        }
    }

    private static boolean all(List<String> words, Predicate<String> valid) {
        for (String word : words) {
            if (!valid.test(word)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a whole field. Tags that aren't known are passed over, RFC 6376 §3.5.
     *
     * @param field name, colon, body as folded, CRLF; octets as {@link org.moxmail.message.HeaderText} has them
     * @throws SyntaxException when it can't be read, a tag is missing or there twice, or tags contradict each other
     */
    public static DkimSignature parse(String field) throws SyntaxException {
        TagList tags = FieldPrinter.open(field, FIELD, RFC);
        TagList.Tag version = tags.require("v", RFC);
        if (!version.value().equals("1")) {
            throw new SyntaxException(version.offset(), "version 1", RFC);
        }
        return of(tags, false);
    }

    /** The tags that DKIM-Signature and ARC-Message-Signature have in common, RFC 8617 §4.1.2. */
    static DkimSignature of(TagList tags, boolean arc) throws SyntaxException {
        TagList.Tag a = tags.require("a", RFC);
        String algorithm = algorithm(a);
        TagList.Tag bh = tags.require("bh", RFC);
        byte[] bodyHash = TagValues.base64(bh);
        Optional<DkimAlgorithm> known = DkimAlgorithm.of(algorithm);
        if (known.isPresent() && bodyHash.length != known.get().hashOctets()) {
            throw new SyntaxException(bh.offset(), "a hash of " + known.get().hashOctets() + " octets", RFC);
        }
        TagList.Tag d = tags.require("d", RFC);
        DnsName domain = TagValues.domain(d.value(), d.offset());
        TagList.Tag c = tags.find("c");
        String[] canonicalizations =
                c == null ? new String[] {"simple"} : c.value().split("/", -1);
        if (canonicalizations.length > 2) {
            throw new SyntaxException(c == null ? 0 : c.offset(), "one or two canonicalizations", RFC);
        }
        Optional<Instant> time = TagValues.time(tags.find("t"));
        Optional<Instant> expiration = expiration(tags.find("x"), time);
        TagList.Tag q = tags.find("q");
        return new DkimSignature(
                algorithm,
                Bytes.copyOf(TagValues.base64(tags.require("b", RFC))),
                Bytes.copyOf(bodyHash),
                canonicalization(canonicalizations[0], c),
                canonicalizations.length == 2 ? canonicalization(canonicalizations[1], c) : Canonicalization.SIMPLE,
                domain,
                TagValues.selector(tags.require("s", RFC)),
                headers(tags.require("h", RFC), arc),
                // RFC 8617 §4.1.2: in ARC, i= is the instance.
                arc ? Optional.empty() : identity(tags.find("i"), domain),
                TagValues.length(tags.find("l")),
                q == null ? List.of() : TagList.items(q, "a query method", RFC, DkimSignature::isQuery),
                time,
                expiration,
                TagValues.copiedFields(tags.find("z")));
    }

    private static Optional<Auid> identity(TagList.@Nullable Tag tag, DnsName domain) throws SyntaxException {
        if (tag == null) {
            return Optional.empty();
        }
        Auid auid = TagValues.auid(tag);
        if (!auid.domain().isSubdomainOf(domain)) {
            throw new SyntaxException(tag.offset(), "an identity in the domain of d=", RFC);
        }
        return Optional.of(auid);
    }

    static String algorithm(TagList.Tag tag) throws SyntaxException {
        if (!isAlgorithm(tag.value())) {
            throw new SyntaxException(tag.offset(), "an algorithm such as rsa-sha256", RFC);
        }
        return tag.value();
    }

    static boolean isAlgorithm(String value) {
        int hyphen = value.indexOf('-');
        return hyphen > 0
                && TagList.isHyphenatedWord(value)
                && value.indexOf('-', hyphen + 1) < 0
                && TagList.isHyphenatedWord(value.substring(hyphen + 1));
    }

    private static Canonicalization canonicalization(String word, TagList.@Nullable Tag tag) throws SyntaxException {
        Optional<Canonicalization> known = Canonicalization.of(word);
        if (known.isEmpty()) {
            throw new SyntaxException(tag == null ? 0 : tag.offset(), "canonicalization simple or relaxed", RFC);
        }
        return known.get();
    }

    private static Optional<Instant> expiration(TagList.@Nullable Tag tag, Optional<Instant> time)
            throws SyntaxException {
        Optional<Instant> expiration = TagValues.time(tag);
        if (expiration.isPresent() && time.isPresent() && !time.get().isBefore(expiration.get())) {
            throw new SyntaxException(tag == null ? 0 : tag.offset(), "an expiration behind the time of signing", RFC);
        }
        return expiration;
    }

    private static boolean isQuery(String text) {
        int slash = text.indexOf('/');
        return TagList.isHyphenatedWord(slash < 0 ? text : text.substring(0, slash));
    }

    /** ARC signers leave the list or items of it empty, which signs nothing for them. */
    private static List<String> headers(TagList.Tag tag, boolean arc) throws SyntaxException {
        List<String> names = TagList.items(
                tag, "the name of a header field", RFC, name -> arc && name.isEmpty() || TagValues.isFieldName(name));
        if (!arc) {
            return names;
        }
        List<String> given = new ArrayList<>(names);
        given.removeIf(String::isEmpty);
        return given;
    }

    /** The same with another signature. */
    DkimSignature signed(Bytes newSignature) {
        return new DkimSignature(
                algorithm,
                newSignature,
                bodyHash,
                header,
                body,
                domain,
                selector,
                headers,
                identity,
                length,
                queries,
                time,
                expiration,
                copied);
    }

    /** The algorithm, if this library knows it. */
    public Optional<DkimAlgorithm> knownAlgorithm() {
        return DkimAlgorithm.of(algorithm);
    }

    /** Who the signature speaks for: i=, or else the whole domain. */
    public Auid auid() {
        return identity.orElseGet(() -> Auid.of(domain));
    }

    /** Whether the signature covers fields of this name, in any case. */
    public boolean signs(String name) {
        for (String header : headers) {
            if (header.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The whole field, folded, with CRLF: {@link #parse} gives this value back.
     *
     * @param smtpUtf8 whether UTF-8 may be used, RFC 8616 §5
     */
    public String print(boolean smtpUtf8) {
        return print(smtpUtf8, TagValues.printBase64(signature));
    }

    String print(boolean smtpUtf8, String b) {
        FieldPrinter printer = new FieldPrinter(FIELD).tag("v", "1");
        identity.ifPresent(auid -> printer.tag("i", TagValues.quote(auid.print(smtpUtf8), smtpUtf8, "")));
        printTags(printer, smtpUtf8, b);
        return printer.print();
    }

    void printTags(FieldPrinter printer, boolean smtpUtf8, String b) {
        printer.tag("a", algorithm).tag("d", smtpUtf8 ? domain.unicode() : domain.ascii());
        printer.tag("s", selector);
        if (header != Canonicalization.SIMPLE || body != Canonicalization.SIMPLE) {
            printer.tag("c", header.keyword() + "/" + body.keyword());
        }
        length.ifPresent(octets -> printer.tag("l", Long.toString(octets)));
        if (!queries.isEmpty()) {
            printer.tag("q", queries, ":");
        }
        time.ifPresent(at -> printer.tag("t", Long.toString(at.getEpochSecond())));
        expiration.ifPresent(at -> printer.tag("x", Long.toString(at.getEpochSecond())));
        printer.tag("h", headers, ":");
        if (!copied.isEmpty()) {
            printer.tag("z", copied.stream().map(TagValues::printCopied).toList(), "|");
        }
        printer.wrapped("bh", TagValues.printBase64(bodyHash)).wrapped("b", b);
    }
}
