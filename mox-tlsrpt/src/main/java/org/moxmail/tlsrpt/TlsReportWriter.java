package org.moxmail.tlsrpt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes reports as JSON, RFC 8460 §4.4. */
final class TlsReportWriter {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private TlsReportWriter() {}

    static void write(TlsReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("organization-name", report.organizationName());
            if (report.dateRange().isKnown()) {
                json.writeObjectFieldStart("date-range");
                json.writeStringField("start-datetime", time(report.dateRange().begin()));
                json.writeStringField("end-datetime", time(report.dateRange().end()));
                json.writeEndObject();
            }
            json.writeStringField("contact-info", report.contactInfo());
            json.writeStringField("report-id", report.reportId());
            json.writeArrayFieldStart("policies");
            for (PolicyResult result : report.policies()) {
                write(result, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(PolicyResult result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("policy");
        json.writeStringField("policy-type", result.policy().type());
        list(json, "policy-string", result.policy().policyString());
        json.writeStringField("policy-domain", result.policy().policyDomain());
        list(json, "mx-host", result.policy().mxHosts());
        json.writeEndObject();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("total-successful-session-count", result.successfulSessions());
        json.writeNumberField("total-failure-session-count", result.failedSessions());
        json.writeEndObject();
        if (!result.failureDetails().isEmpty()) {
            json.writeArrayFieldStart("failure-details");
            for (FailureDetail detail : result.failureDetails()) {
                write(detail, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(FailureDetail detail, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("result-type", detail.resultType());
        text(json, "sending-mta-ip", detail.sendingMtaIp());
        text(json, "receiving-mx-hostname", detail.receivingMxHostname());
        text(json, "receiving-mx-helo", detail.receivingMxHelo());
        text(json, "receiving-ip", detail.receivingIp());
        json.writeNumberField("failed-session-count", detail.failedSessions());
        text(json, "additional-information", detail.additionalInformation());
        text(json, "failure-reason-code", detail.failureReasonCode());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private static void list(JsonGenerator json, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    /** RFC 3339 §5.6, in UTC. */
    private static String time(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
