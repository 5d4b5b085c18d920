package org.moxmail.dmarc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads records, RFC 9989 §4.8 and RFC 7489 §6.4. Takes time linear in the length of the text. */
final class DmarcParser {
    /** More faults than a person would read. */
    private static final int MOST_FAULTS = 20;

    /** Chars of a value that a fault tells. */
    private static final int TOLD = 40;

    private static final Set<String> COMMON = Set.of("p", "sp", "adkim", "aspf", "rua", "ruf", "fo", "pct", "rf", "ri");
    private static final Set<String> RFC9989_ONLY = Set.of("np", "psd", "t");

    private final String txt;
    private final DmarcStandard standard;
    private final List<TagFault> faults = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private @Nullable TagFault policyFault;
    private @Nullable TagFault duplicate;
    private int tags;
    private Optional<DmarcPolicy> policy = Optional.empty();
    private Optional<DmarcPolicy> subdomainPolicy = Optional.empty();
    private Optional<DmarcPolicy> nonexistentPolicy = Optional.empty();
    private PsdFlag psd = PsdFlag.UNKNOWN;
    private boolean testing;
    private AlignmentMode dkimAlignment = AlignmentMode.RELAXED;
    private AlignmentMode spfAlignment = AlignmentMode.RELAXED;
    private List<ReportUri> aggregateReports = List.of();
    private List<ReportUri> failureReports = List.of();
    private List<FailureOption> failureOptions = DmarcRecord.ALL_FAIL;
    private int percent = 100;
    private List<String> failureFormats = DmarcRecord.AFRF;
    private long reportInterval = DmarcRecord.DAY;

    DmarcParser(String txt, DmarcStandard standard) {
        this.txt = txt;
        this.standard = standard;
    }

    static String section(DmarcStandard standard) {
        return standard == DmarcStandard.RFC9989 ? "RFC 9989 §4.7" : "RFC 7489 §6.3";
    }

    /** Where the version ends, with the blanks behind it; -1 if the text doesn't begin with it. */
    static int versionEnd(String txt, DmarcStandard standard) {
        if (txt.isEmpty() || txt.charAt(0) != 'v' && txt.charAt(0) != 'V') {
            return -1;
        }
        int equals = blanks(txt, 1);
        if (equals == txt.length() || txt.charAt(equals) != '=') {
            return -1;
        }
        int value = blanks(txt, equals + 1);
        if (!txt.startsWith(DmarcRecord.VERSION, value)) {
            return -1;
        }
        int end = blanks(txt, value + DmarcRecord.VERSION.length());
        if (end == txt.length()) {
            // RFC 7489 §6.4 has a separator after the version always, RFC 9989 §4.8 between tags.
            return standard == DmarcStandard.RFC9989 ? end : -1;
        }
        return txt.charAt(end) == ';' ? end : -1;
    }

    DmarcReading reading() {
        segments();
        return judge();
    }

    /** The URIs of a record that agrees to reports, which needs no policy, RFC 9990 §4. */
    static List<ReportUri> destinations(String txt, String tag) {
        DmarcParser parser = new DmarcParser(txt, DmarcStandard.RFC9989);
        parser.segments();
        return tag.equals("rua") ? parser.aggregateReports : parser.failureReports;
    }

    private void segments() {
        int at = versionEnd(txt, standard);
        if (at < 0) {
            throw new IllegalArgumentException("not a DMARC record");
        }
        while (at < txt.length()) {
            int from = at + 1;
            int end = txt.indexOf(';', from);
            at = end < 0 ? txt.length() : end;
            segment(from, at);
        }
    }

    /** RFC 9989 §4.10.1 and RFC 7489 §6.6.3, step 6. */
    private DmarcReading judge() {
        if (duplicate != null) {
            return new DmarcReading.Unusable(psd, duplicate);
        }
        if (policy.isPresent() && policyFault == null) {
            return new DmarcReading.Usable(record(policy.get()), faults);
        }
        TagFault fault = policyFault == null ? new TagFault(txt.length(), "no p tag") : policyFault;
        if (aggregateReports.isEmpty()) {
            return new DmarcReading.Unusable(psd, new TagFault(fault.offset(), fault.reason() + ", and no valid rua"));
        }
        if (policyFault == null) {
            fault(fault.offset(), fault.reason());
        }
        subdomainPolicy = Optional.empty();
        nonexistentPolicy = Optional.empty();
        return new DmarcReading.Usable(record(DmarcPolicy.NONE), faults);
    }

    private DmarcRecord record(DmarcPolicy effective) {
        return new DmarcRecord(
                effective,
                subdomainPolicy,
                nonexistentPolicy,
                psd,
                testing,
                dkimAlignment,
                spfAlignment,
                aggregateReports,
                failureReports,
                failureOptions,
                percent,
                failureFormats,
                reportInterval);
    }

    /** One tag, or the nothing that a record may end in. */
    private void segment(int start, int end) {
        int from = blanks(txt, start);
        int to = end;
        while (to > from && isBlank(txt.charAt(to - 1))) {
            to--;
        }
        if (from >= to) {
            if (end < txt.length()) {
                fault(from, "nothing between two semicolons");
            }
            return;
        }
        int nameEnd = from;
        while (nameEnd < to && isAlpha(txt.charAt(nameEnd))) {
            nameEnd++;
        }
        int equals = blanks(txt, nameEnd);
        if (nameEnd == from || equals >= to || txt.charAt(equals) != '=') {
            fault(from, "no tag: " + told(txt.substring(from, to)));
            return;
        }
        String name = txt.substring(from, nameEnd).toLowerCase(Locale.ROOT);
        int valueFrom = Math.min(blanks(txt, equals + 1), to);
        tags++;
        if (COMMON.contains(name) || standard == DmarcStandard.RFC9989 && RFC9989_ONLY.contains(name)) {
            if (!seen.add(name) && duplicate == null) {
                duplicate = new TagFault(from, "the tag " + name + " twice");
            }
            tag(name, valueFrom, txt.substring(valueFrom, to));
        }
    }

    private void tag(String name, int offset, String value) {
        switch (name) {
            case "p" -> policy = policy(name, offset, value);
            case "sp" -> subdomainPolicy = policy(name, offset, value);
            case "np" -> nonexistentPolicy = policy(name, offset, value);
            case "psd" -> psd = keyword(name, offset, value, PsdFlag::ofKeyword, PsdFlag.UNKNOWN);
            case "t" -> testing = keyword(name, offset, value, DmarcParser::yesOrNo, false);
            case "adkim" ->
                dkimAlignment = keyword(name, offset, value, AlignmentMode::ofKeyword, AlignmentMode.RELAXED);
            case "aspf" -> spfAlignment = keyword(name, offset, value, AlignmentMode::ofKeyword, AlignmentMode.RELAXED);
            case "fo" -> failureOptions = keyword(name, offset, value, DmarcParser::options, DmarcRecord.ALL_FAIL);
            case "rf" -> failureFormats = keyword(name, offset, value, DmarcParser::formats, DmarcRecord.AFRF);
            case "pct" ->
                percent = keyword(name, offset, value, text -> number(text, 100), 100L)
                        .intValue();
            case "ri" ->
                reportInterval = keyword(name, offset, value, text -> number(text, 0xffff_ffffL), DmarcRecord.DAY);
            case "rua" -> aggregateReports = uris(name, offset, value);
            default -> failureReports = uris(name, offset, value);
        }
    }

    private Optional<DmarcPolicy> policy(String name, int offset, String value) {
        Optional<DmarcPolicy> found = DmarcPolicy.ofKeyword(value);
        TagFault fault = null;
        if (found.isEmpty()) {
            fault = new TagFault(offset, "no policy: " + name + "=" + told(value));
        } else if (name.equals("p") && standard == DmarcStandard.RFC7489 && tags != 1) {
            // RFC 7489 §6.4: the other tags may appear in any order.
            fault = new TagFault(offset, "p not right after the version");
            found = Optional.empty();
        }
        if (fault != null) {
            fault(fault.offset(), fault.reason());
            policyFault = policyFault == null ? fault : policyFault;
        }
        return found;
    }

    private <T> T keyword(String name, int offset, String value, Function<String, Optional<T>> reader, T otherwise) {
        Optional<T> found = reader.apply(value);
        if (found.isEmpty()) {
            fault(offset, "no value of " + name + ": " + told(value));
        }
        return found.orElse(otherwise);
    }

    private static Optional<Boolean> yesOrNo(String value) {
        boolean yes = value.equalsIgnoreCase("y");
        return yes || value.equalsIgnoreCase("n") ? Optional.of(yes) : Optional.empty();
    }

    private static Optional<List<FailureOption>> options(String value) {
        List<FailureOption> options = new ArrayList<>();
        for (String word : words(value)) {
            FailureOption option = FailureOption.ofKeyword(word).orElse(null);
            if (option == null || options.contains(option)) {
                return Optional.empty();
            }
            options.add(option);
        }
        return DmarcRecord.areOptions(options) ? Optional.of(options) : Optional.empty();
    }

    private static Optional<List<String>> formats(String value) {
        String[] words = words(value.toLowerCase(Locale.ROOT));
        return words.length <= MOST_FAULTS && DmarcRecord.areFormats(List.of(words))
                ? Optional.of(List.of(words))
                : Optional.empty();
    }

    private static String[] words(String value) {
        String[] words = value.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].strip();
        }
        return words;
    }

    private static Optional<Long> number(String text, long most) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number <= most ? Optional.of(number) : Optional.empty();
    }

    /** Those URIs of a list that are some, RFC 9990 §3.5. */
    private List<ReportUri> uris(String name, int offset, String value) {
        List<ReportUri> uris = new ArrayList<>();
        int at = 0;
        while (at <= value.length()) {
            int comma = value.indexOf(',', at);
            int end = comma < 0 ? value.length() : comma;
            String element = value.substring(at, end).strip();
            try {
                uris.add(ReportUri.parse(element));
            } catch (SyntaxException e) {
                fault(offset + at, "no URI in " + name + ": " + told(element));
            }
            at = end + 1;
        }
        return uris;
    }

    private void fault(int offset, String reason) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new TagFault(offset, reason));
        }
    }

    /** The start of a value, as it may be shown. */
    private static String told(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(value.length(), TOLD); i++) {
            char c = value.charAt(i);
            text.append(c < ' ' || c >= 0x7f ? '?' : c);
        }
        return text.append(value.length() > TOLD ? "..." : "").toString();
    }

    static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isAlpha(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
