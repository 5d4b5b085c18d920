package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.moxmail.dmarc.DmarcReading;
import org.moxmail.dmarc.DmarcRecord;
import org.moxmail.dmarc.DmarcStandard;
import org.moxmail.dmarc.ReportUri;
import org.moxmail.dmarc.report.AggregateReport;
import org.moxmail.dmarc.report.FailureReport;
import org.moxmail.dmarc.report.ReportFilename;
import org.moxmail.dmarc.report.ReportLimits;
import org.moxmail.dmarc.report.ReportMail;
import org.moxmail.dmarc.report.ReportSubject;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/** The parsers of mox-dmarc. */
final class DmarcTargets {
    private static final ReportLimits LIMITS = ReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20, 1000);

    private static final String XML = "<?xml version='1.0'?><feedback"
            + " xmlns='urn:ietf:params:xml:ns:dmarc-2.0'><version>1.0</version><report_metadata>"
            + "<org_name>o</org_name><email>e</email><report_id>1</report_id><date_range><begin>1</begin><end>2</end>"
            + "</date_range></report_metadata><policy_published><domain>example.com</domain><p>none</p><np>reject</np>"
            + "<testing>n</testing></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>7</count>"
            + "<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf><reason><type>other"
            + "</type></reason></policy_evaluated></row><identifiers><header_from>example.com</header_from>"
            + "</identifiers><auth_results><dkim><domain>d</domain><selector>s</selector><result>pass</result></dkim>"
            + "<spf><domain>d</domain><scope>mfrom</scope><result>pass</result></spf></auth_results></record>"
            + "</feedback>";

    private DmarcTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of(
                        "dmarc-record",
                        "v=DMARC1 ; = , : ! p sp np psd t adkim aspf rua ruf fo pct rf ri none reject quarantine y n u"
                                + " r s mailto: a@b.example %2C !10m 0 1 d 100 \\s",
                        List.of(
                                "v=DMARC1; p=reject; sp=none; np=quarantine; psd=u; t=y; adkim=s; aspf=r",
                                "v=DMARC1; p=none; rua=mailto:a@example.com!10m,https://b.example/x;"
                                        + " ruf=mailto:c@d.example",
                                "v=DMARC1; p=none; fo=1:d:s; rf=afrf:iodef; ri=3600; pct=42"),
                        DmarcTargets::record),
                FuzzTarget.of(
                        "dmarc-uri",
                        "mailto: https:// @ : / ? # % %2C %21 ! k m g t 1 99999999999999999999 é",
                        List.of(
                                "mailto:a@example.com!10m",
                                "https://u@b.example:8443/x?y",
                                "mailto:%C3%BC@b%C3%BC.example"),
                        DmarcTargets::uri),
                FuzzTarget.of(
                        "dmarc-aggregate",
                        "< > / </ /> <!-- --> <![CDATA[ ]]> <!DOCTYPE &amp; &#1; &x; <?x ?> record row count reason"
                                + " dkim spf xmlns= ' -1 99999999999999999999 \u0001 é encoding='utf-16'",
                        List.of(XML, XML.replace(" xmlns='urn:ietf:params:xml:ns:dmarc-2.0'", "")),
                        DmarcTargets::aggregate),
                FuzzTarget.of(
                        "dmarc-names",
                        "! . .xml .xml.gz .zip 1 a.example Report\\s Domain: Submitter: Report-ID: < > \\s",
                        List.of(
                                "a.example!b.example!1!2!x.xml.gz",
                                "Report Domain: a.example Submitter: b.example Report-ID: <x@y>"),
                        DmarcTargets::names),
                FuzzTarget.of(
                        "dmarc-failure",
                        "\\r"
                                + "\\n"
                                + " : Feedback-Type: Auth-Failure: Source-IP: Identity-Alignment: dkim spf none ( ) \\ \""
                                + " < > --b Content-Type: message/feedback-report text/plain message/rfc822",
                        List.of("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
                                + "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: auth-failure\r\n"
                                + "Auth-Failure: dmarc\r\nIdentity-Alignment: dkim, spf\r\nSource-IP: 192.0.2.1 (x)\r\n"
                                + "Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nIncidents: 2\r\n\r\n--b\r\n"
                                + "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n\r\nx\r\n--b--\r\n"),
                        DmarcTargets::failure));
    }

    private static int record(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        DmarcStandard standard = random.nextBoolean() ? DmarcStandard.RFC9989 : DmarcStandard.RFC7489;
        if (!DmarcRecord.isDmarc(text, standard)) {
            return 0;
        }
        return switch (DmarcReading.of(text, standard)) {
            case DmarcReading.Unusable unusable -> Texts.kind(unusable.fault().reason());
            case DmarcReading.Usable usable -> {
                DmarcRecord record = usable.record();
                Texts.same("what is printed is read alike", record, DmarcRecord.parse(record.print(), standard));
                yield 1 + record.policy().hashCode() % 7 + 31 * usable.faults().size();
            }
        };
    }

    private static int uri(byte[] input, RandomGenerator random) throws SyntaxException {
        try {
            ReportUri uri = ReportUri.parse(Texts.text(input, random));
            Texts.same("what is printed is read alike", uri, ReportUri.parse(uri.print()));
            return 1 + (uri.address().isPresent() ? 2 : 0) + (uri.host().isPresent() ? 4 : 0);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
    }

    private static int aggregate(byte[] input, RandomGenerator random) throws IOException, SyntaxException {
        AggregateReport report;
        try {
            report = AggregateReport.parse(Texts.cut(input, random), LIMITS);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("pieces make no difference", report, AggregateReport.parse(new ByteArrayInputStream(input), LIMITS));
        if (!report.rows().isEmpty()) {
            AggregateReport read = rewritten(report);
            AggregateReport again = rewritten(read);
            Texts.same(
                    "rows that are written are there",
                    report.rows().size(),
                    read.rows().size());
            Texts.same("what is written is read alike", read.metadata(), again.metadata());
            Texts.same("what is written is read alike", read.policy(), again.policy());
            Texts.same("what is written is read alike", read.rows(), again.rows());
        }
        return 31 * report.rows().size() + report.faults().size();
    }

    private static AggregateReport rewritten(AggregateReport report) throws IOException, SyntaxException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.write(out);
        return AggregateReport.parse(new ByteArrayInputStream(out.toByteArray()), LIMITS);
    }

    private static int names(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        int outcome;
        try {
            ReportFilename name = ReportFilename.parse(text);
            Texts.same("what is printed is read alike", name, ReportFilename.parse(name.print()));
            outcome = 1;
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            ReportSubject subject = ReportSubject.parse(text);
            Texts.same("what is printed is read alike", subject, ReportSubject.parse(subject.print()));
            return outcome + 7;
        } catch (SyntaxException e) {
            return 31 * outcome + Texts.kind(e.expected());
        }
    }

    private static int failure(byte[] input, RandomGenerator random) throws IOException {
        MessageContent content = MessageContent.of(input);
        int outcome;
        try {
            FailureReport report = FailureReport.parse(content);
            outcome = report.authFailure().hashCode() % 7
                    + (report.identityAlignment().isPresent() ? 11 : 0)
                    + (report.sourceIp().isPresent() ? 13 : 0)
                    + (report.arrivalDate().isPresent() ? 17 : 0)
                    + (report.incidents() > 1 ? 19 : 0)
                    + report.originalHeader().fields().size() % 5;
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            new ReportMail(LIMITS).parse(content);
            return outcome + 1;
        } catch (SyntaxException e) {
            return 31 * outcome + Texts.kind(e.expected());
        }
    }
}
