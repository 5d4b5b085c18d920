package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

/** The form of mail-auth's files: blocks with records, one a line, and tests of four lines. */
final class MailAuthSuite {
    interface Verifier {
        SpfOutcome verify(ZoneResolver zone, SpfRequest request) throws InterruptedException;
    }

    record Case(String name, ZoneResolver zone, Map<String, String> fields) {
        private String get(String key) {
            return Objects.requireNonNull(fields.get(key), key);
        }

        /** The suite's verdict is that of the HELO identity, and if it passes that of MAIL FROM. */
        void check(Verifier verifier, @Nullable String deviation) throws Exception {
            var ip = Addresses.parse(get("ip"));
            SpfOutcome outcome = verifier.verify(zone, SpfRequest.helo(ip, get("domain")));
            if (outcome.result() == SpfResult.PASS) {
                outcome = verifier.verify(zone, SpfRequest.mailFrom(ip, get("domain"), get("sender")));
            }
            SpfOutcome last = outcome;
            String[] expected = (deviation == null ? get("expect") : deviation).split(" ", 2);
            assertEquals(expected[0], outcome.result().keyword(), () -> fields + ": " + last.reason());
            if (expected.length > 1) {
                assertEquals(expected[1], outcome.explanation());
            }
        }
    }

    private MailAuthSuite() {}

    static List<Case> read(List<String> lines) {
        List<Case> cases = new ArrayList<>();
        String name = "";
        ZoneResolver zone = zone();
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            String text = line.strip();
            int colon = text.indexOf(':');
            if (text.equals("---")) {
                zone = zone();
            } else if (line.startsWith("name:")) {
                name = text.substring(colon + 1).strip();
            } else if (line.startsWith("  - ")) {
                fields = new HashMap<>();
                cases.add(new Case(name, zone, fields));
                field(fields, text.substring(2));
            } else if (line.startsWith("    ")) {
                field(fields, text);
            } else if (line.startsWith("  ") && !text.startsWith("#") && colon > 0) {
                record(zone, text.substring(0, colon), text.substring(colon + 1).strip());
            }
        }
        return cases;
    }

    private static ZoneResolver zone() {
        ZoneResolver zone = new ZoneResolver();
        for (String name : List.of("_dns_error.org", "_dns_error.test.org")) {
            zone.fail(name, RecordType.TXT, DnsFailure.SERVFAIL);
        }
        return zone;
    }

    private static void field(Map<String, String> fields, String text) {
        int colon = text.indexOf(':');
        fields.put(text.substring(0, colon), text.substring(colon + 1).strip());
    }

    private static void record(ZoneResolver zone, String type, String text) {
        String owner = text.split(" ")[0];
        String data = text.substring(owner.length()).strip();
        try {
            switch (type) {
                case "a", "aaaa" -> zone.address(owner, data.split(" *, *"));
                case "spf", "exp", "txt" -> zone.txt(owner, data);
                case "mx" -> {
                    int preference = 0;
                    for (String host : data.split(" *, *")) {
                        // Hosts are written as addresses.
                        preference += 10;
                        zone.mx(owner, preference, "mx-" + host);
                        zone.address("mx-" + host, host);
                    }
                }
                case "ptr" -> {
                    for (String host : data.split(" *, *")) {
                        zone.ptr(
                                Addresses.reverseName(Addresses.parse(owner)).ascii(),
                                host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
                    }
                }
                default -> throw new AssertionError(type);
            }
        } catch (SyntaxException e) {
            throw new AssertionError(text, e);
        } catch (IllegalArgumentException e) {
            // A name that is too long to exist, for the tests that say so.
            assertEquals(true, owner.length() > 63, text);
        }
    }
}
