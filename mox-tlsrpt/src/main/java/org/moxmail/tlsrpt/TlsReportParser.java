package org.moxmail.tlsrpt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.BoundedInput;

/** Reads reports, RFC 8460 §4.4, as they are rather than as they should be. */
final class TlsReportParser {
    private static final String SECTION = "RFC 8460 §4.4";

    /** Chars of a number that is worth a thought; 2^53 has 16, and a fraction may follow. */
    private static final int NUMBER = 40;

    /** RFC 3339 §5.6, and what reporters make of it: a blank for the T, no seconds, no offset, no time. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .parseLenient()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalEnd()
            .appendPattern("[ ]")
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private final TlsReportLimits limits;
    private final JsonFactory json;
    private int details;

    TlsReportParser(TlsReportLimits limits) {
        this.limits = limits;
        this.json = new JsonFactoryBuilder()
                // Kept by thread otherwise, and threads are many.
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.stringChars())
                        .maxNameLength(limits.stringChars())
                        .maxNumberLength(1000)
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
    }

    TlsReport parse(InputStream octets) throws IOException, SyntaxException {
        InputStream bounded = new BoundedInput(octets, limits.jsonBytes(), "JSON");
        // Decoded here, for octets that are no UTF-8 are no reason to lose a report.
        BufferedReader reader = new BufferedReader(new InputStreamReader(bounded, StandardCharsets.UTF_8));
        try {
            reader.mark(1);
            if (reader.read() != '\ufeff') {
                reader.reset();
            }
            return parse(reader);
        } catch (BoundedInput.Exceeded e) {
            throw new SyntaxException(0, String.valueOf(e.getMessage()), SECTION);
        }
    }

    TlsReport parse(Reader text) throws IOException, SyntaxException {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new SyntaxException(0, "an object of JSON", SECTION);
            }
            return report(parser);
        } catch (StreamConstraintsException e) {
            throw new SyntaxException(offset(e), "JSON within the limits on depth and lengths", SECTION);
        } catch (JacksonException e) {
            throw new SyntaxException(offset(e), "JSON that is well-formed", SECTION);
        }
    }

    private static int offset(JacksonException e) {
        JsonLocation location = e.getLocation();
        return location == null ? 0 : (int) Math.clamp(location.getCharOffset(), 0L, (long) Integer.MAX_VALUE);
    }

    /** The next member's name in lower case, with the parser at its value; null at the end of the object. */
    private static @Nullable String member(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT || token == null) {
            return null;
        }
        String name = parser.currentName().toLowerCase(Locale.ROOT);
        parser.nextToken();
        return name;
    }

    private TlsReport report(JsonParser parser) throws IOException, SyntaxException {
        String organizationName = "";
        String contactInfo = "";
        String reportId = "";
        DateRange range = DateRange.UNKNOWN;
        List<PolicyResult> policies = null;
        for (String name = member(parser); name != null; name = member(parser)) {
            switch (name) {
                case "organization-name" -> organizationName = text(parser);
                case "date-range" -> range = range(parser);
                case "contact-info" -> contactInfo = text(parser);
                case "report-id" -> reportId = text(parser);
                case "policies" -> policies = policies(parser);
                default -> parser.skipChildren();
            }
        }
        if (policies == null) {
            throw new SyntaxException(
                    (int) Math.clamp(parser.currentLocation().getCharOffset(), 0L, (long) Integer.MAX_VALUE),
                    "policies",
                    SECTION);
        }
        return new TlsReport(organizationName, range, contactInfo, reportId, policies);
    }

    private DateRange range(JsonParser parser) throws IOException {
        Instant begin = null;
        Instant end = null;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return DateRange.UNKNOWN;
        }
        for (String name = member(parser); name != null; name = member(parser)) {
            switch (name) {
                case "start-datetime" -> begin = time(text(parser));
                case "end-datetime" -> end = time(text(parser));
                default -> parser.skipChildren();
            }
        }
        // One of both says at least when it was about.
        if (begin == null) {
            return end == null ? DateRange.UNKNOWN : new DateRange(end, end);
        }
        return new DateRange(begin, end == null ? begin : end);
    }

    private static @Nullable Instant time(String text) {
        try {
            TemporalAccessor read = TIME.parse(text.strip());
            LocalTime clock = read.query(TemporalQueries.localTime());
            ZoneOffset offset = read.query(TemporalQueries.offset());
            Instant time = LocalDate.from(read)
                    .atTime(clock == null ? LocalTime.MIDNIGHT : clock)
                    .toInstant(offset == null ? ZoneOffset.UTC : offset);
            return DateRange.isPrintable(time) ? time : null;
        } catch (DateTimeException e) {
            return null; // a time that can't be read is as one that is missing
        }
    }

    private List<PolicyResult> policies(JsonParser parser) throws IOException, SyntaxException {
        List<PolicyResult> policies = new ArrayList<>();
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        JsonToken token = list ? parser.nextToken() : parser.currentToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                if (policies.size() == limits.policies()) {
                    throw new SyntaxException(0, "at most " + limits.policies() + " policies", SECTION);
                }
                policies.add(result(parser));
            } else {
                parser.skipChildren();
            }
            token = list ? parser.nextToken() : null;
        }
        return policies;
    }

    private PolicyResult result(JsonParser parser) throws IOException, SyntaxException {
        TlsPolicy policy = new TlsPolicy("", List.of(), "", List.of());
        long[] summary = {0, 0};
        List<FailureDetail> failures = List.of();
        for (String name = member(parser); name != null; name = member(parser)) {
            switch (name) {
                case "policy" -> policy = policy(parser);
                case "summary" -> summary = summary(parser);
                case "failure-details" -> failures = details(parser);
                default -> parser.skipChildren();
            }
        }
        return new PolicyResult(policy, summary[0], summary[1], failures);
    }

    private TlsPolicy policy(JsonParser parser) throws IOException {
        String type = "";
        List<String> strings = List.of();
        String domain = "";
        List<String> hosts = List.of();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = member(parser); name != null; name = member(parser)) {
                switch (name) {
                    case "policy-type" -> type = text(parser);
                    case "policy-string" -> strings = texts(parser);
                    case "policy-domain" -> domain = text(parser);
                    case "mx-host", "mx-host-pattern" -> hosts = texts(parser);
                    default -> parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        return new TlsPolicy(type, strings, domain, hosts);
    }

    private long[] summary(JsonParser parser) throws IOException {
        long[] counts = {0, 0};
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return counts;
        }
        for (String name = member(parser); name != null; name = member(parser)) {
            switch (name) {
                case "total-successful-session-count" -> counts[0] = count(parser);
                case "total-failure-session-count" -> counts[1] = count(parser);
                default -> parser.skipChildren();
            }
        }
        return counts;
    }

    private List<FailureDetail> details(JsonParser parser) throws IOException, SyntaxException {
        List<FailureDetail> failures = new ArrayList<>();
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        JsonToken token = list ? parser.nextToken() : parser.currentToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                details++;
                if (details > limits.failureDetails()) {
                    throw new SyntaxException(0, "at most " + limits.failureDetails() + " failure details", SECTION);
                }
                failures.add(detail(parser));
            } else {
                parser.skipChildren();
            }
            token = list ? parser.nextToken() : null;
        }
        return failures;
    }

    private FailureDetail detail(JsonParser parser) throws IOException {
        String type = "";
        String sendingIp = "";
        String hostname = "";
        String helo = "";
        String receivingIp = "";
        long failed = 0;
        String information = "";
        String reason = "";
        for (String name = member(parser); name != null; name = member(parser)) {
            switch (name) {
                case "result-type" -> type = text(parser);
                case "sending-mta-ip" -> sendingIp = text(parser);
                case "receiving-mx-hostname" -> hostname = text(parser);
                case "receiving-mx-helo" -> helo = text(parser);
                case "receiving-ip" -> receivingIp = text(parser);
                case "failed-session-count" -> failed = count(parser);
                case "additional-information", "additional-info-uri" -> information = text(parser);
                case "failure-reason-code", "failure-error-code" -> reason = text(parser);
                default -> parser.skipChildren();
            }
        }
        return new FailureDetail(type, sendingIp, hostname, helo, receivingIp, failed, information, reason);
    }

    /** A text, or the first of a list. */
    private String text(JsonParser parser) throws IOException {
        return texts(parser).stream().findFirst().orElse("");
    }

    /** A list of texts, or one. Null is none; what is in lists and objects within is left out. */
    private List<String> texts(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            String text = scalar(parser);
            return text == null ? List.of() : List.of(text);
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String text = scalar(parser);
            if (text != null && texts.size() < limits.strings()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable String scalar(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL
                || !parser.currentToken().isScalarValue()) {
            parser.skipChildren();
            return null;
        }
        String text = parser.getText();
        return ReportText.cleaned(text.length() > limits.text() ? text.substring(0, limits.text()) : text);
    }

    /** A number, or a text of one, within bounds; 0 for anything else. */
    private long count(JsonParser parser) throws IOException {
        String text = text(parser).strip();
        if (text.isEmpty() || text.length() > NUMBER) {
            return 0;
        }
        try {
            // Not a double, for those can't tell 2^53 from the next one, and not its long, for 1e999999999 is one of
            // these.
            BigDecimal number = new BigDecimal(text);
            if (number.precision() - (long) number.scale() > 18) {
                return number.signum() > 0 ? ReportText.MAX_COUNT : 0;
            }
            return number.signum() <= 0 || number.compareTo(BigDecimal.ONE) < 0
                    ? 0
                    : ReportText.bounded(number.longValue());
        } catch (NumberFormatException e) {
            return 0; // as the method says
        }
    }
}
