package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.SyntaxException;

/** Values of header fields as another parser reads them. */
final class HeaderVectorsTest {
    /** Starts of unstructured texts that we read otherwise: no space is made up, and one that is there stays. */
    private static final List<String> OTHER_TEXTS =
            List.of("[SUSPECTED SPAM]=?", "Some text =?utf-8?Q??=here", "=?utf-8?Q?Hello");

    /**
     * Starts of address lists that we read otherwise: comments are no part of a name (RFC 5322 §3.2.2), routes and blanks
     * no part of an address, and URLs are no addresses.
     */
    private static final List<String> OTHER_ADDRESSES = List.of(
            "Pete(A nice",
            "A Group(Some people)",
            "Mary Smith <@node.test:",
            "Nathaniel Borenstein <nsb",
            "<mailto:",
            "(Use this command",
            "<http:",
            "<ftp:",
            "Name (comment)");

    /**
     * Starts of Content-Types that we read otherwise: RFC 2231's language isn't kept, later sections have no charset
     * (RFC 2231 §4.1), blanks at the end of a field are gone, and a subtype has no slash.
     */
    private static final List<String> OTHER_TYPES = List.of(
            "application/x-stuff",
            "application/pdf\n",
            " =",
            "=",
            "name=value",
            " name=value",
            "inva/lid; name=",
            "malicious/attempt",
            "text/plain/format");

    /** Starts of dates that we refuse: a month needs its name, and a Received field is more than a date. */
    private static final List<String> OTHER_DATES = List.of("20 11 (some", "4 8 15", "by 2002");

    private static boolean starts(Map<String, Object> vector, List<String> starts) {
        String header = (String) Objects.requireNonNull(vector.get("header"));
        return starts.stream().anyMatch(header.stripLeading()::startsWith);
    }

    private static List<Map<String, Object>> vectors(String file) throws IOException {
        return Json.list(Json.parse(Corpus.text("mime/" + file))).stream()
                .map(Json::object)
                .toList();
    }

    private static HeaderField field(Map<String, Object> vector) {
        String header = "X:" + vector.get("header");
        return HeaderFields.parse(header.getBytes(StandardCharsets.UTF_8))
                .fields()
                .get(0);
    }

    @Test
    void encodedWordsAreDecoded() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : vectors("encoded-words.json")) {
            String decoded = EncodedWords.decode((String) Objects.requireNonNull(vector.get("input")));
            if (!decoded.equals(vector.get("expected"))) {
                wrong.add(vector + " we " + decoded);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void wordsInUnknownCharsetsStayAndCostLittle() {
        // Made to be costly: a look-up for each.
        String words = "=?x-nobody-knows?q?a?= ".repeat(100_000);
        assertEquals(words, EncodedWords.decode(words));
    }

    @Test
    void unstructuredFieldsAreUnfoldedAndDecoded() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : vectors("mail-parser/headers/unstructured.json")) {
            String text = field(vector).text();
            if (!text.equals(vector.get("expected")) && !starts(vector, OTHER_TEXTS)) {
                wrong.add(vector + " we " + text);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void addressesAreFound() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : vectors("mail-parser/headers/address.json")) {
            AddressList list = AddressList.parseLenient(field(vector).value(), 1000);
            List<Object> ours = new ArrayList<>();
            for (MailboxAddress entry : list.mailboxes()) {
                ours.add(Arrays.asList(
                        entry.name() == null ? null : EncodedWords.decode(entry.name()),
                        entry.localpart() + (Objects.equals(entry.host(), "") ? "" : "@" + entry.host())));
            }
            List<Object> theirs = new ArrayList<>();
            collect(vector.get("expected"), theirs);
            if (!ours.equals(theirs) && !starts(vector, OTHER_ADDRESSES)) {
                wrong.add(vector.get("header") + " they " + theirs + " we " + ours);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void collect(@Nullable Object expected, List<Object> addresses) {
        if (expected instanceof List<?> list) {
            list.forEach(item -> collect(item, addresses));
        } else if (expected instanceof Map<?, ?> map) {
            if (map.containsKey("address")) {
                addresses.add(Arrays.asList(map.get("name"), map.get("address")));
            } else {
                collect(map.get("List"), addresses);
                collect(map.get("Group"), addresses);
                collect(map.get("addresses"), addresses);
            }
        }
    }

    private static long number(Map<String, Object> object, String name) {
        return (Long) Objects.requireNonNull(object.get(name));
    }

    @Test
    void datesAreRead() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : vectors("mail-parser/headers/date.json")) {
            String header = (String) Objects.requireNonNull(vector.get("header"));
            if (vector.get("expected") == null || starts(vector, OTHER_DATES)) {
                // What they refuse, we may read.
                continue;
            }
            Map<String, Object> expected = Json.object(vector.get("expected"));
            String zone = String.format(
                    java.util.Locale.ROOT,
                    "%s%02d:%02d",
                    Boolean.TRUE.equals(expected.get("tz_before_gmt")) ? "-" : "+",
                    number(expected, "tz_hour"),
                    number(expected, "tz_minute"));
            String theirs = String.format(
                    java.util.Locale.ROOT,
                    "%04d-%02d-%02dT%02d:%02d:%02d%s",
                    number(expected, "year"),
                    number(expected, "month"),
                    number(expected, "day"),
                    number(expected, "hour"),
                    number(expected, "minute"),
                    number(expected, "second"),
                    zone);
            try {
                OffsetDateTime date = MessageDate.parse(header);
                if (!date.isEqual(OffsetDateTime.parse(theirs))) {
                    wrong.add(header + " they " + theirs + " we " + date);
                }
            } catch (SyntaxException | java.time.DateTimeException e) {
                wrong.add(header + " they " + theirs + " we " + e);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void contentTypesAreRead() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : vectors("mail-parser/headers/content_type.json")) {
            if (!(vector.get("expected") instanceof Map) || starts(vector, OTHER_TYPES)) {
                continue;
            }
            Map<String, Object> expected = Json.object(vector.get("expected"));
            boolean media = expected.get("c_subtype") != null;
            ParameterizedValue ours =
                    ParameterizedValue.parseLenient(field(vector).value(), media);
            String type = expected.get("c_type") + (media ? "/" + expected.get("c_subtype") : "");
            Object theirs = expected.get("attributes");
            List<Object> parameters = new ArrayList<>();
            ours.parameters().forEach(p -> parameters.add(List.of(p.name(), EncodedWords.decode(p.value()))));
            if (!ours.value().equalsIgnoreCase(type)
                    || !String.valueOf(theirs).equals(parameters.isEmpty() ? "null" : parameters.toString())) {
                wrong.add(vector.get("header") + " they " + type + ' ' + theirs + " we " + ours.value() + ' '
                        + parameters);
            }
        }
        assertEquals(List.of(), wrong);
    }
}
