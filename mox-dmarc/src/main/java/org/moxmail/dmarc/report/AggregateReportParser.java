package org.moxmail.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.moxmail.dmarc.AlignmentMode;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcPolicy;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.BoundedInput;

/**
 * Reads aggregate reports of both formats. Real ones stray from the schemas: elements in any order, unknown ones among them, words
 * in capitals, text where none belongs. What matters is that it's XML, about a domain, by somebody; the rest falls back, and is told
 * as a fault.
 *
 * <p>Each method that reads an element begins behind its start tag and ends behind its end tag. No document type is accepted, so
 * that there are no entities but XML's own five.
 */
final class AggregateReportParser {
    private static final String SECTION = "RFC 9990 §3.1.1";
    private static final int MOST_FAULTS = 20;
    private static final int TOLD = 40;

    /** Reads one child element. */
    private interface Child {
        void read(String name) throws XMLStreamException, SyntaxException;
    }

    private final ReportLimits limits;
    private final AggregateReportVisitor visitor;
    private @Nullable XMLStreamReader reader;
    private String namespace = "";
    private int depth;
    private int rows;
    private int faults;
    private boolean metadataSeen;
    private boolean policySeen;

    AggregateReportParser(ReportLimits limits, AggregateReportVisitor visitor) {
        this.limits = limits;
        this.visitor = visitor;
    }

    ReportFormat read(InputStream xml) throws IOException, SyntaxException {
        InputStream bounded = new BoundedInput(xml, limits.xmlBytes(), "XML", limits.markupBytes());
        try {
            reader = factory().createXMLStreamReader(XmlText.open(bounded));
            return document();
        } catch (XMLStreamException e) {
            throw failure(e);
        } catch (BoundedInput.Exceeded e) {
            throw new SyntaxException(0, String.valueOf(e.getMessage()), SECTION);
        } finally {
            close();
        }
    }

    private void close() throws IOException {
        if (reader != null) {
            try {
                reader.close();
            } catch (XMLStreamException e) {
                throw new IOException("closing an XML reader", e);
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, entity) -> InputStream.nullInputStream());
        return factory;
    }

    /** The failure that stands behind one of the XML reader: of the source, or of the text. */
    private SyntaxException failure(XMLStreamException e) throws IOException {
        Throwable cause = e.getNestedException() == null ? e.getCause() : e.getNestedException();
        if (cause instanceof BoundedInput.Exceeded exceeded) {
            return new SyntaxException(offset(), String.valueOf(exceeded.getMessage()), SECTION);
        }
        if (cause instanceof java.io.CharConversionException || cause == null) {
            return new SyntaxException(offset(), "well-formed XML", SECTION);
        }
        if (cause instanceof java.util.zip.ZipException || cause instanceof java.io.EOFException) {
            return new SyntaxException(offset(), "compressed data that is whole", SECTION);
        }
        if (cause instanceof IOException io) {
            throw io;
        }
        return new SyntaxException(offset(), "well-formed XML", SECTION);
    }

    private int offset() {
        return reader == null ? 0 : Math.max(0, reader.getLocation().getCharacterOffset());
    }

    private SyntaxException expected(String what) {
        return new SyntaxException(offset(), what, SECTION);
    }

    /** The next event that may matter. */
    private int next() throws XMLStreamException, SyntaxException {
        XMLStreamReader in = java.util.Objects.requireNonNull(reader);
        int event;
        try {
            event = in.next();
        } catch (RuntimeException e) {
            // The JDK's reader throws others than its own for some broken documents.
            throw expected("well-formed XML");
        }
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw expected("no document type and no entities");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
            depth++;
            if (depth > limits.depth()) {
                throw expected("elements at most " + limits.depth() + " deep");
            }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
        }
        return event;
    }

    private XMLStreamReader in() {
        return java.util.Objects.requireNonNull(reader);
    }

    private ReportFormat document() throws XMLStreamException, SyntaxException {
        int event = next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = next();
        }
        if (!in().getLocalName().equals("feedback")) {
            throw expected("a feedback element");
        }
        namespace = namespaceOf(in());
        ReportFormat format =
                namespace.equals(ReportFormat.RFC9990.namespace()) ? ReportFormat.RFC9990 : ReportFormat.RFC7489;
        children(this::feedback);
        while (event != XMLStreamConstants.END_DOCUMENT) {
            event = next();
        }
        if (!metadataSeen || !policySeen) {
            throw expected(metadataSeen ? "policy_published" : "report_metadata");
        }
        if (rows == 0) {
            fault("no record");
        }
        return format;
    }

    private static String namespaceOf(XMLStreamReader in) {
        String uri = in.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /** Reads the children of an element. Those of another namespace are extensions, RFC 9990 §5, and passed over. */
    private void children(Child child) throws XMLStreamException, SyntaxException {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (namespaceOf(in()).equals(namespace)) {
                    child.read(in().getLocalName());
                } else {
                    skip();
                }
            }
        }
    }

    private void skip() throws XMLStreamException, SyntaxException {
        int outside = depth - 1;
        while (depth > outside) {
            next();
        }
    }

    /** The text of an element, without that of elements within, and without blanks at its ends. */
    private String text() throws XMLStreamException, SyntaxException {
        StringBuilder text = new StringBuilder();
        boolean cut = false;
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                skip();
            } else if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                cut |= append(text);
            }
        }
        String stripped = text.toString().strip();
        if (cut) {
            fault("a text of more than " + limits.text() + " chars");
        }
        return stripped;
    }

    /** Appends what the reader is at, as far as the limit goes; whether that was not all. */
    private boolean append(StringBuilder text) {
        char[] chars = in().getTextCharacters();
        int from = in().getTextStart();
        int end = from + in().getTextLength();
        while (text.isEmpty() && from < end && Character.isWhitespace(chars[from])) {
            from++;
        }
        int taken = Math.min(end - from, limits.text() - text.length());
        text.append(chars, from, taken);
        return taken < end - from;
    }

    private void feedback(String name) throws XMLStreamException, SyntaxException {
        switch (name) {
            case "report_metadata" -> {
                once(metadataSeen, name);
                metadataSeen = true;
                metadata();
            }
            case "policy_published" -> {
                once(policySeen, name);
                policySeen = true;
                policy();
            }
            case "record" -> {
                rows++;
                if (rows > limits.rows()) {
                    throw expected("at most " + limits.rows() + " records");
                }
                new RowReader().record();
            }
            case "version", "extension" -> skip();
            default -> unknown(name);
        }
    }

    private void once(boolean seen, String name) throws SyntaxException {
        if (seen) {
            throw expected("one " + name);
        }
    }

    private void unknown(String name) throws XMLStreamException, SyntaxException {
        fault("unknown element " + told(name));
        skip();
    }

    private void metadata() throws XMLStreamException, SyntaxException {
        String[] texts = {"", "", "", "", ""};
        Instant[] range = {Instant.EPOCH, Instant.EPOCH};
        List<String> errors = new ArrayList<>();
        children(name -> {
            switch (name) {
                case "org_name" -> texts[0] = text();
                case "email" -> texts[1] = text();
                case "extra_contact_info" -> texts[2] = text();
                case "report_id" -> texts[3] = text();
                case "generator" -> texts[4] = text();
                case "date_range" -> range(range);
                case "error" -> add(errors, text(), "error");
                default -> unknown(name);
            }
        });
        visitor.metadata(
                new ReportMetadata(texts[0], texts[1], texts[2], texts[3], range[0], range[1], errors, texts[4]));
    }

    private void range(Instant[] range) throws XMLStreamException, SyntaxException {
        children(name -> {
            switch (name) {
                case "begin" -> range[0] = instant(name, text());
                case "end" -> range[1] = instant(name, text());
                default -> unknown(name);
            }
        });
    }

    private Instant instant(String name, String text) {
        long seconds = number(name, text, 0xfff_ffff_ffffL);
        return Instant.ofEpochSecond(seconds);
    }

    /** A number that isn't negative; 0 for what is none. */
    private long number(String name, String text, long most) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = digits ? Long.parseLong(text) : -1;
        if (number < 0 || number > most) {
            fault("no number in " + name + ": " + told(text));
            return 0;
        }
        return number;
    }

    private void policy() throws XMLStreamException, SyntaxException {
        PolicyReader policy = new PolicyReader();
        children(policy::child);
        if (policy.domain.isEmpty()) {
            fault("no domain in policy_published");
        }
        visitor.policy(policy.policy());
    }

    private final class PolicyReader {
        private String domain = "";
        private String failureOptions = "";
        private Optional<DiscoveryMethod> discovery = Optional.empty();
        private Optional<DmarcPolicy> own = Optional.empty();
        private Optional<DmarcPolicy> subdomain = Optional.empty();
        private Optional<DmarcPolicy> nonexistent = Optional.empty();
        private Optional<AlignmentMode> dkim = Optional.empty();
        private Optional<AlignmentMode> spf = Optional.empty();
        private Optional<Boolean> testing = Optional.empty();
        private OptionalInt percent = OptionalInt.empty();

        void child(String name) throws XMLStreamException, SyntaxException {
            switch (name) {
                case "domain" -> domain = text();
                case "p" -> own = word(name, text(), DmarcPolicy::ofKeyword);
                case "sp" -> subdomain = word(name, text(), DmarcPolicy::ofKeyword);
                case "np" -> nonexistent = word(name, text(), DmarcPolicy::ofKeyword);
                case "adkim" -> dkim = word(name, text(), AlignmentMode::ofKeyword);
                case "aspf" -> spf = word(name, text(), AlignmentMode::ofKeyword);
                case "discovery_method" -> discovery = word(name, text(), DiscoveryMethod::ofKeyword);
                case "testing" -> testing = word(name, text(), AggregateReportParser::yesOrNo);
                case "fo" -> failureOptions = text();
                case "pct" -> {
                    String text = text();
                    percent = text.isEmpty() ? percent : OptionalInt.of((int) number(name, text, 100));
                }
                default -> unknown(name);
            }
        }

        PublishedPolicy policy() {
            return new PublishedPolicy(
                    domain, discovery, own, subdomain, nonexistent, dkim, spf, testing, percent, failureOptions);
        }
    }

    private static Optional<Boolean> yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "y" -> Optional.of(true);
            case "n" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** What a word means; an empty text means that there is none. */
    private <T> Optional<T> word(String name, String text, Function<String, Optional<T>> words) {
        Optional<T> found = words.apply(text);
        if (found.isEmpty() && !text.isEmpty()) {
            fault("unknown word in " + name + ": " + told(text));
        }
        return found;
    }

    private final class RowReader {
        private String sourceIp = "";
        private long count;
        private Optional<Disposition> disposition = Optional.empty();
        private boolean dkimAligned;
        private boolean spfAligned;
        private final List<OverrideReason> reasons = new ArrayList<>(0);
        private String headerFrom = "";
        private String envelopeFrom = "";
        private String envelopeTo = "";
        private final List<DkimAuthResult> dkim = new ArrayList<>(1);
        private final List<SpfAuthResult> spf = new ArrayList<>(1);

        void record() throws XMLStreamException, SyntaxException {
            children(name -> {
                switch (name) {
                    case "row" -> children(this::row);
                    case "identifiers", "identities" -> children(this::identifiers);
                    case "auth_results" -> children(this::results);
                    default -> unknown(name);
                }
            });
            if (sourceIp.isEmpty()) {
                fault("a record without source_ip");
                return;
            }
            visitor.row(new ReportRow(
                    sourceIp,
                    count,
                    disposition,
                    dkimAligned,
                    spfAligned,
                    reasons,
                    headerFrom,
                    envelopeFrom,
                    envelopeTo,
                    dkim,
                    spf));
        }

        private void row(String name) throws XMLStreamException, SyntaxException {
            switch (name) {
                case "source_ip" -> sourceIp = text();
                case "count" -> count = number(name, text(), Long.MAX_VALUE);
                case "policy_evaluated" -> children(this::evaluated);
                default -> unknown(name);
            }
        }

        private void evaluated(String name) throws XMLStreamException, SyntaxException {
            switch (name) {
                case "disposition" -> disposition = word(name, text(), Disposition::ofKeyword);
                case "dkim" -> dkimAligned = passes(name);
                case "spf" -> spfAligned = passes(name);
                case "reason" -> reason();
                default -> unknown(name);
            }
        }

        private boolean passes(String name) throws XMLStreamException, SyntaxException {
            return word(name, text(), AuthenticationResult::ofKeyword).orElse(AuthenticationResult.FAIL)
                    == AuthenticationResult.PASS;
        }

        private void reason() throws XMLStreamException, SyntaxException {
            String[] texts = {"", ""};
            children(name -> {
                switch (name) {
                    case "type" -> texts[0] = text();
                    case "comment" -> texts[1] = text();
                    default -> unknown(name);
                }
            });
            if (texts[0].isEmpty() && texts[1].isEmpty()) {
                return;
            }
            OverrideType type = word("type", texts[0], OverrideType::ofKeyword).orElse(OverrideType.OTHER);
            boolean known =
                    texts[0].isEmpty() || OverrideType.ofKeyword(texts[0]).isPresent();
            String comment = known ? texts[1] : (texts[0] + " " + texts[1]).strip();
            add(reasons, new OverrideReason(type, comment), "reason");
        }

        private void identifiers(String name) throws XMLStreamException, SyntaxException {
            switch (name) {
                case "header_from" -> headerFrom = text();
                case "envelope_from" -> envelopeFrom = text();
                case "envelope_to" -> envelopeTo = text();
                default -> unknown(name);
            }
        }

        private void results(String name) throws XMLStreamException, SyntaxException {
            if (!name.equals("dkim") && !name.equals("spf")) {
                unknown(name);
                return;
            }
            String[] texts = {"", "", "", "", ""};
            children(child -> {
                switch (child) {
                    case "domain" -> texts[0] = text();
                    case "selector" -> texts[1] = text();
                    case "scope" -> texts[2] = text();
                    case "result" -> texts[3] = text();
                    case "human_result" -> texts[4] = text();
                    default -> unknown(child);
                }
            });
            if (String.join("", texts).isEmpty()) {
                return;
            }
            AuthenticationResult result = result(texts[3]);
            if (name.equals("dkim")) {
                add(dkim, new DkimAuthResult(texts[0], texts[1], result, texts[4]), name);
            } else {
                Optional<SpfScope> scope = word("scope", texts[2], SpfScope::ofKeyword);
                add(spf, new SpfAuthResult(texts[0], scope, result, texts[4]), name);
            }
        }

        /** RFC 7489 appendix C names what the last two are commonly called; hardfail is an old word for fail. */
        private AuthenticationResult result(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "unknown" -> AuthenticationResult.TEMPERROR;
                case "error" -> AuthenticationResult.PERMERROR;
                case "hardfail" -> AuthenticationResult.FAIL;
                default -> word("result", text, AuthenticationResult::ofKeyword).orElse(AuthenticationResult.NEUTRAL);
            };
        }
    }

    private <T> void add(List<T> list, T element, String name) {
        if (list.size() < limits.entries()) {
            list.add(element);
        } else {
            fault("more than " + limits.entries() + " elements " + name);
        }
    }

    private void fault(String reason) {
        faults++;
        if (faults <= MOST_FAULTS) {
            visitor.fault(reason);
        }
    }

    private static String told(String text) {
        return text.length() <= TOLD ? text : text.substring(0, TOLD) + "...";
    }
}
