package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

/** The suites of other projects; where they come from is in the README beside them. */
class ConformanceTest {
    private static final List<RecordType<?>> TYPES =
            List.of(RecordType.A, RecordType.AAAA, RecordType.MX, RecordType.TXT, RecordType.PTR, RecordType.CNAME);

    private static InputStream open(String file) {
        InputStream in = ConformanceTest.class.getResourceAsStream(file);
        return Objects.requireNonNull(in, file);
    }

    private static List<String> lines(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** Results that differ from a suite's: by the case's name. */
    private static Map<String, String> deviations() throws IOException {
        Map<String, String> deviations = new HashMap<>();
        for (String line : lines("deviations.txt")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] words = line.split("[ :]+", 3);
                deviations.put(words[0], words[1]);
            }
        }
        return deviations;
    }

    private static SpfOutcome verify(ZoneResolver zone, SpfRequest request) throws InterruptedException {
        return new SpfVerifier(zone, FakeTiming.at("2026-01-01T00:00:00Z"), SpfLimits.RFC7208).verify(request);
    }

    @TestFactory
    Stream<DynamicTest> openspf() throws IOException {
        return yaml("openspf/rfc4408-tests.json", "openspf");
    }

    @TestFactory
    Stream<DynamicTest> pyspf() throws IOException {
        return yaml("pyspf/test.json", "pyspf");
    }

    @SuppressWarnings("unchecked")
    private static Stream<DynamicTest> yaml(String file, String suite) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, String> deviations = deviations();
        for (Object each : (List<Object>) JsonTree.read(open(file))) {
            Map<String, Object> scenario = (Map<String, Object>) each;
            ZoneResolver zone = zone((Map<String, List<Object>>) get(scenario, "zonedata"));
            ((Map<String, Map<String, Object>>) get(scenario, "tests")).forEach((name, test) -> {
                String id = suite + "/" + name;
                tests.add(DynamicTest.dynamicTest(id, () -> check(zone, test, deviations.get(id))));
            });
        }
        return tests.stream();
    }

    private static Object get(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static void check(ZoneResolver zone, Map<String, Object> test, @Nullable String deviation)
            throws Exception {
        SpfRequest request =
                SpfRequest.mailFrom(Addresses.parse((String) get(test, "host")), (String) get(test, "helo"), (String)
                        get(test, "mailfrom"));
        SpfOutcome outcome = verify(zone, request);
        String result = outcome.result().keyword();
        if (deviation != null) {
            assertEquals(deviation, result, outcome::reason);
            return;
        }
        List<?> expected = get(test, "result") instanceof List<?> several ? several : List.of(get(test, "result"));
        assertTrue(expected.contains(result), () -> result + " not in " + expected + ": " + outcome.reason());
        Object explanation = test.get("explanation");
        if (explanation != null && result.equals("fail")) {
            // DEFAULT: what checkers say who were told nothing. Hexadecimal digits in names have no case.
            String wanted = explanation.equals("DEFAULT") ? "" : (String) explanation;
            assertTrue(wanted.equalsIgnoreCase(outcome.explanation()), () -> outcome.explanation() + " for " + wanted);
        }
        // What was found can be told and read back.
        String field = ReceivedSpf.of(outcome, request).print();
        assertEquals(
                ReceivedSpf.of(outcome, request),
                ReceivedSpf.parse(field.substring(ReceivedSpf.NAME.length() + 1)),
                field);
    }

    private static ZoneResolver zone(Map<String, List<Object>> data) {
        ZoneResolver zone = new ZoneResolver();
        data.forEach((name, entries) -> {
            Set<String> types = new HashSet<>();
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> record) {
                    record.keySet().forEach(type -> types.add((String) type));
                }
            }
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> record) {
                    record.forEach((type, value) -> add(zone, name, (String) type, value, types.contains("TXT")));
                } else {
                    assertEquals("TIMEOUT", entry);
                    boolean answers = entries.stream()
                            .anyMatch(other -> other instanceof Map<?, ?> map
                                    && map.containsKey("TXT")
                                    && !"NONE".equals(map.get("TXT")));
                    TYPES.stream()
                            .filter(type -> type != RecordType.TXT || !answers)
                            .forEach(type -> zone.fail(name, type, DnsFailure.TIMEOUT));
                }
            }
        });
        return zone;
    }

    private static void add(ZoneResolver zone, String name, String type, Object value, boolean hasTxt) {
        switch (type) {
            case "A", "AAAA" -> zone.address(name, (String) value);
            case "SPF" -> {
                if (!hasTxt) {
                    zone.txt(name, text(value));
                }
            }
            case "TXT" -> {
                if (!"NONE".equals(value)) {
                    zone.txt(name, text(value));
                }
            }
            case "MX" -> {
                List<?> mx = (List<?>) value;
                zone.mx(
                        name,
                        Integer.parseInt((String) mx.get(0)),
                        mx.get(1).equals("") ? "." : plain((String) mx.get(1)));
            }
            case "PTR" -> zone.ptr(name, plain((String) value));
            case "CNAME" -> {
                // An alias of the root has no addresses, just as no alias has.
                if (!"".equals(value)) {
                    zone.cname(name, plain((String) value));
                }
            }
            default -> throw new AssertionError(type);
        }
    }

    private static String text(Object value) {
        return value instanceof List<?> strings
                ? String.join("", strings.stream().map(String.class::cast).toList())
                : (String) value;
    }

    private static String plain(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    @TestFactory
    Stream<DynamicTest> mailAuth() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, String> deviations = deviations();
        for (String file : List.of("a", "basic", "exists", "include", "macro", "ptr")) {
            int before = tests.size();
            MailAuthSuite.read(lines("mail-auth/" + file + ".yml")).forEach(test -> {
                String id = "mail-auth/" + file + "/" + (tests.size() - before);
                tests.add(DynamicTest.dynamicTest(
                        id + " " + test.name(), () -> test.check(ConformanceTest::verify, deviations.get(id))));
            });
        }
        return tests.stream();
    }
}
