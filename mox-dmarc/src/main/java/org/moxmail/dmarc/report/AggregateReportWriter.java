package org.moxmail.dmarc.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.moxmail.dmarc.AlignmentMode;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcPolicy;
import org.moxmail.dns.Addresses;

/**
 * Writes an aggregate report as it streams, in the elements and the order of its format's schema. What the other format has is left
 * out or said otherwise: reasons that a format doesn't know become {@code other} with the word in the comment; RFC 9990 has one error
 * (several are joined) and one SPF result, that of MAIL FROM; RFC 7489 has no disposition {@code pass}, always has {@code sp},
 * {@code pct}, {@code fo}, {@code envelope_from} and an SPF result ({@code none} if there is none), and writes IPv6 addresses in
 * full. Characters that XML can't have become U+FFFD.
 */
public final class AggregateReportWriter {
    private final Writer out;
    private final ReportFormat format;
    private int rows;
    private int depth;

    /** Writes the beginning. The stream is never closed. */
    public AggregateReportWriter(OutputStream out, ReportFormat format, ReportMetadata metadata, PublishedPolicy policy)
            throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(
                out,
                StandardCharsets.UTF_8
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        this.format = format;
        this.out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback");
        this.out.write(format.namespace().isEmpty() ? ">\n" : " xmlns=\"" + format.namespace() + "\">\n");
        depth = 1;
        element("version", "1.0");
        metadata(metadata);
        if (modern()) {
            policy(policy);
        } else {
            oldPolicy(policy);
        }
    }

    private boolean modern() {
        return format == ReportFormat.RFC9990;
    }

    private void metadata(ReportMetadata metadata) throws IOException {
        start("report_metadata");
        element("org_name", metadata.organization());
        element("email", metadata.email());
        optional("extra_contact_info", metadata.contact());
        element("report_id", metadata.reportId());
        start("date_range");
        element("begin", Long.toString(metadata.begin().getEpochSecond()));
        element("end", Long.toString(metadata.end().getEpochSecond()));
        end("date_range");
        if (modern()) {
            optional("error", String.join("; ", metadata.errors()));
            optional("generator", metadata.generator());
        } else {
            for (String error : metadata.errors()) {
                element("error", error);
            }
        }
        end("report_metadata");
    }

    private void policy(PublishedPolicy policy) throws IOException {
        start("policy_published");
        element("domain", policy.domain());
        optional(
                "discovery_method",
                policy.discovery().map(DiscoveryMethod::keyword).orElse(""));
        element("p", policy.policy().orElse(DmarcPolicy.NONE).keyword());
        optional("sp", policy.subdomainPolicy().map(DmarcPolicy::keyword).orElse(""));
        optional("np", policy.nonexistentPolicy().map(DmarcPolicy::keyword).orElse(""));
        optional("fo", policy.failureOptions());
        optional("adkim", policy.dkimAlignment().map(AlignmentMode::keyword).orElse(""));
        optional("aspf", policy.spfAlignment().map(AlignmentMode::keyword).orElse(""));
        optional("testing", policy.testing().map(testing -> testing ? "y" : "n").orElse(""));
        end("policy_published");
    }

    private void oldPolicy(PublishedPolicy policy) throws IOException {
        DmarcPolicy own = policy.policy().orElse(DmarcPolicy.NONE);
        start("policy_published");
        element("domain", policy.domain());
        optional("adkim", policy.dkimAlignment().map(AlignmentMode::keyword).orElse(""));
        optional("aspf", policy.spfAlignment().map(AlignmentMode::keyword).orElse(""));
        element("p", own.keyword());
        element("sp", policy.subdomainPolicy().orElse(own).keyword());
        element("pct", Integer.toString(policy.percent().orElse(100)));
        element("fo", policy.failureOptions().isEmpty() ? "0" : policy.failureOptions());
        end("policy_published");
    }

    /** Writes a record. */
    public void row(ReportRow row) throws IOException {
        rows++;
        start("record");
        start("row");
        element("source_ip", modern() ? row.sourceIp() : full(row));
        element("count", Long.toString(row.count()));
        start("policy_evaluated");
        element("disposition", disposition(row.disposition()).keyword());
        element("dkim", row.dkimAligned() ? "pass" : "fail");
        element("spf", row.spfAligned() ? "pass" : "fail");
        for (OverrideReason reason : row.reasons()) {
            reason(reason);
        }
        end("policy_evaluated");
        end("row");
        start("identifiers");
        optional("envelope_to", row.envelopeTo());
        if (!modern() || !row.envelopeFrom().isEmpty()) {
            element("envelope_from", row.envelopeFrom());
        }
        element("header_from", row.headerFrom());
        end("identifiers");
        start("auth_results");
        for (DkimAuthResult dkim : row.dkim()) {
            dkim(dkim);
        }
        spf(row);
        end("auth_results");
        end("record");
    }

    /** RFC 7489 appendix C: a pattern for addresses without {@code ::}. */
    private static String full(ReportRow row) {
        Optional<InetAddress> address = row.sourceAddress();
        if (address.isEmpty()) {
            return row.sourceIp();
        }
        return address.get() instanceof Inet6Address six ? six.getHostAddress() : Addresses.print(address.get());
    }

    private Disposition disposition(Optional<Disposition> disposition) {
        Disposition done = disposition.orElse(Disposition.NONE);
        return !modern() && done == Disposition.PASS ? Disposition.NONE : done;
    }

    private void reason(OverrideReason reason) throws IOException {
        boolean known = switch (reason.type()) {
            case FORWARDED, SAMPLED_OUT -> !modern();
            case POLICY_TEST_MODE -> modern();
            case LOCAL_POLICY, MAILING_LIST, OTHER, TRUSTED_FORWARDER -> true;
        };
        start("reason");
        element("type", (known ? reason.type() : OverrideType.OTHER).keyword());
        optional("comment", known ? reason.comment() : (reason.type().keyword() + " " + reason.comment()).strip());
        end("reason");
    }

    private void dkim(DkimAuthResult dkim) throws IOException {
        start("dkim");
        element("domain", dkim.domain());
        if (modern() || !dkim.selector().isEmpty()) {
            element("selector", dkim.selector());
        }
        // Neither schema has SPF's softfail here.
        element(
                "result",
                (dkim.result() == AuthenticationResult.SOFTFAIL ? AuthenticationResult.FAIL : dkim.result()).keyword());
        optional("human_result", dkim.humanResult());
        end("dkim");
    }

    private void spf(ReportRow row) throws IOException {
        if (modern()) {
            for (SpfAuthResult spf : row.spf()) {
                if (!spf.scope().equals(Optional.of(SpfScope.HELO))) {
                    spf(spf.domain(), spf.scope().map(SpfScope::keyword).orElse(""), spf.result(), spf.humanResult());
                    return;
                }
            }
            return;
        }
        for (SpfAuthResult spf : row.spf()) {
            AuthenticationResult result =
                    spf.result() == AuthenticationResult.POLICY ? AuthenticationResult.NEUTRAL : spf.result();
            spf(spf.domain(), spf.scope().orElse(SpfScope.MAIL_FROM).keyword(), result, "");
        }
        if (row.spf().isEmpty()) {
            spf(row.envelopeFrom(), SpfScope.MAIL_FROM.keyword(), AuthenticationResult.NONE, "");
        }
    }

    private void spf(String domain, String scope, AuthenticationResult result, String humanResult) throws IOException {
        start("spf");
        element("domain", domain);
        optional("scope", scope);
        element("result", result.keyword());
        optional("human_result", humanResult);
        end("spf");
    }

    /**
     * Writes the end, and flushes.
     *
     * @throws IllegalStateException when there was no row, without which there is no report
     */
    public void finish() throws IOException {
        if (rows == 0) {
            throw new IllegalStateException("a report without rows");
        }
        out.write("</feedback>\n");
        out.flush();
    }

    private void start(String name) throws IOException {
        indent();
        out.write('<');
        out.write(name);
        out.write(">\n");
        depth++;
    }

    private void end(String name) throws IOException {
        depth--;
        indent();
        out.write("</");
        out.write(name);
        out.write(">\n");
    }

    private void optional(String name, String text) throws IOException {
        if (!text.isEmpty()) {
            element(name, text);
        }
    }

    private void element(String name, String text) throws IOException {
        indent();
        out.write('<');
        out.write(name);
        out.write('>');
        escaped(text);
        out.write("</");
        out.write(name);
        out.write(">\n");
    }

    private void indent() throws IOException {
        for (int i = 0; i < depth; i++) {
            out.write("  ");
        }
    }

    private void escaped(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '\r' -> out.write("&#13;");
                default -> out.write(isXml(text, i) ? c : '\ufffd');
            }
        }
    }

    /** XML 1.0 §2.2. */
    private static boolean isXml(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c >= ' ' && c < '\ufffe' || c == '\t' || c == '\n';
    }
}
