package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;
import org.moxmail.tlsrpt.TlsReport;
import org.moxmail.tlsrpt.TlsReportFilename;
import org.moxmail.tlsrpt.TlsReportLimits;
import org.moxmail.tlsrpt.TlsReportMail;
import org.moxmail.tlsrpt.TlsReportSubject;
import org.moxmail.tlsrpt.TlsRptRecord;

/** The parsers of mox-tlsrpt. */
final class TlsRptTargets {
    private static final TlsReportLimits LIMITS = TlsReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20, 1000, 10_000);

    private static final String JSON = "{\"organization-name\":\"o\",\"date-range\":{\"start-datetime\":"
            + "\"2016-04-01T00:00:00Z\",\"end-datetime\":\"2016-04-01T23:59:59Z\"},\"contact-info\":\"a@b.example\","
            + "\"report-id\":\"x\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":"
            + "[\"version: STSv1\",\"mode: testing\"],\"policy-domain\":\"b.example\",\"mx-host\":[\"*.b.example\"]},"
            + "\"summary\":{\"total-successful-session-count\":5326,\"total-failure-session-count\":303},"
            + "\"failure-details\":[{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"2001:db8::1\","
            + "\"receiving-mx-hostname\":\"mx.b.example\",\"failed-session-count\":100,\"failure-reason-code\":\"E\"}]}]}";

    private TlsRptTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of(
                        "tlsrpt-record",
                        "v=TLSRPTv1 ; = , : ! rua rua= mailto: https:// a@b.example %2C % ext x=y \\s",
                        List.of(
                                "v=TLSRPTv1;rua=mailto:reports@example.com",
                                "v=TLSRPTv1 ; rua=mailto:a%2Cb@c.example , https://b.example/x;ext=1; rua=urn:x;"),
                        TlsRptTargets::record),
                FuzzTarget.of(
                        "tlsrpt-report",
                        "{ } [ ] \" , : null true -1 0 1e999999999 1.5 99999999999999999999 {} [] \"policies\":"
                                + " \"policy\":{ \"summary\":{ \"failure-details\": \"mx-host\": \\u \\ud800 \\0 é",
                        List.of(JSON, JSON.replace("100", "\"100\"").replace("[\"*.b.example\"]", "\"*\"")),
                        TlsRptTargets::report),
                FuzzTarget.of(
                        "tlsrpt-names",
                        "! . .json .json.gz 1 a.example Report\\s Domain: Submitter: Report-ID: < > @ \\s",
                        List.of(
                                "a.example!b.example!1!2!x.json.gz",
                                "Report Domain: a.example Submitter: b.example Report-ID: <x@y>"),
                        TlsRptTargets::names),
                FuzzTarget.of(
                        "tlsrpt-mail",
                        "\\r\\n : --b --b-- Content-Type: multipart/report report-type=tlsrpt application/tlsrpt+json"
                                + " application/tlsrpt+gzip message/rfc822 base64 quoted-printable { } [ ] \" ,",
                        List.of(
                                "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n"
                                        + "--b\r\nContent-Type: application/tlsrpt+json\r\n\r\n" + JSON
                                        + "\r\n--b--\r\n"),
                        TlsRptTargets::mail));
    }

    private static int record(byte[] input, RandomGenerator random) throws SyntaxException {
        TlsRptRecord record;
        try {
            record = TlsRptRecord.parse(Texts.text(input, random));
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("what is printed is read alike", record, TlsRptRecord.parse(record.print()));
        return 1
                + record.reportUris().size()
                + 31 * record.extensions().size()
                + (record.reportUris().getFirst().address().isPresent() ? 1000 : 0);
    }

    private static int report(byte[] input, RandomGenerator random) throws IOException, SyntaxException {
        TlsReport report;
        try {
            report = TlsReport.parse(Texts.cut(input, random), LIMITS);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        Texts.same("pieces make no difference", report, TlsReport.parse(new ByteArrayInputStream(input), LIMITS));
        Texts.same("what is printed is read alike", report, TlsReport.parse(report.print(), LIMITS));
        return report.policies().size()
                + (report.dateRange().isKnown() ? 31 : 0)
                + (report.contact().isPresent() ? 62 : 0)
                + report.policies().stream()
                                .mapToInt(result -> result.failureDetails().size())
                                .sum()
                        % 100
                        * 127;
    }

    private static int names(byte[] input, RandomGenerator random) throws SyntaxException {
        String text = Texts.text(input, random);
        DnsName domain = DnsName.parse("a.example");
        TlsReportSubject made = TlsReportSubject.of(domain, domain, text);
        Texts.same("a subject can be made for any id", made, TlsReportSubject.parse(made.print()));
        int outcome;
        try {
            TlsReportFilename name = TlsReportFilename.parse(text);
            Texts.same("what is printed is read alike", name, TlsReportFilename.parse(name.print()));
            outcome = 1;
        } catch (SyntaxException e) {
            outcome = Texts.kind(e.expected());
        }
        try {
            TlsReportSubject subject = TlsReportSubject.parse(text);
            Texts.same("what is printed is read alike", subject, TlsReportSubject.parse(subject.print()));
            return outcome + 7;
        } catch (SyntaxException e) {
            return 31 * outcome + Texts.kind(e.expected());
        }
    }

    private static int mail(byte[] input, RandomGenerator random) throws IOException {
        try {
            return 1
                    + new TlsReportMail(LIMITS)
                            .parse(MessageContent.of(input))
                            .policies()
                            .size();
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
    }
}
