package org.moxmail.dmarc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.moxmail.dns.SyntaxException;

/**
 * A published record that can be applied, RFC 9989 §4.7. Records are made by {@link #parse} or a {@linkplain #builder builder}.
 *
 * @param policy {@code p}, for the domain itself, and for domains below if nothing else is said
 * @param subdomainPolicy {@code sp}, for existing domains below
 * @param nonexistentPolicy {@code np}, for domains below that don't exist
 * @param psd {@code psd}
 * @param testing {@code t}: policies are to be applied one level below
 * @param dkimAlignment {@code adkim}
 * @param spfAlignment {@code aspf}
 * @param aggregateReports {@code rua}, in the order of preference
 * @param failureReports {@code ruf}, likewise
 * @param failureOptions {@code fo}: at least one, none twice, not both {@link FailureOption#ALL} and {@link FailureOption#ANY};
 *     without meaning if there is nowhere to report to
 * @param percent {@code pct}, 0 to 100: which share of failing mail the policy is for. RFC 7489 only
 * @param failureFormats {@code rf}: at least one keyword, in lower case, none twice. RFC 7489 only
 * @param reportInterval {@code ri}: seconds between aggregate reports, an unsigned number of 32 bits. RFC 7489 only
 */
public record DmarcRecord(
        DmarcPolicy policy,
        Optional<DmarcPolicy> subdomainPolicy,
        Optional<DmarcPolicy> nonexistentPolicy,
        PsdFlag psd,
        boolean testing,
        AlignmentMode dkimAlignment,
        AlignmentMode spfAlignment,
        List<ReportUri> aggregateReports,
        List<ReportUri> failureReports,
        List<FailureOption> failureOptions,
        int percent,
        List<String> failureFormats,
        long reportInterval) {
    /** The version that records begin with. */
    public static final String VERSION = "DMARC1";

    /** The {@code ri} of a record that has none. */
    public static final long DAY = 86_400;

    static final List<String> AFRF = List.of("afrf");
    static final List<FailureOption> ALL_FAIL = List.of(FailureOption.ALL);

    public DmarcRecord {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(subdomainPolicy);
        Objects.requireNonNull(nonexistentPolicy);
        Objects.requireNonNull(psd);
        Objects.requireNonNull(dkimAlignment);
        Objects.requireNonNull(spfAlignment);
        aggregateReports = List.copyOf(aggregateReports);
        failureReports = List.copyOf(failureReports);
        failureOptions = List.copyOf(failureOptions);
        failureFormats = List.copyOf(failureFormats);
        if (!areOptions(failureOptions)) {
            throw new IllegalArgumentException("fo " + failureOptions);
        }
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("pct " + percent);
        }
        if (!areFormats(failureFormats)) {
            throw new IllegalArgumentException("rf " + failureFormats);
        }
        if (reportInterval < 0 || reportInterval > 0xffff_ffffL) {
            throw new IllegalArgumentException("ri " + reportInterval);
        }
    }

    /**
     * Reads a record by RFC 9989.
     *
     * @param txt the strings of the TXT record joined, one char an octet
     * @throws SyntaxException when it is none, or can't be applied; the offset is in chars. What else may be wrong is left out:
     *     {@link DmarcReading#of} tells it
     */
    public static DmarcRecord parse(String txt) throws SyntaxException {
        return parse(txt, DmarcStandard.RFC9989);
    }

    /** As {@link #parse(String)}, by this standard. */
    public static DmarcRecord parse(String txt, DmarcStandard standard) throws SyntaxException {
        if (!isDmarc(txt, standard)) {
            throw new SyntaxException(0, "v=" + VERSION, DmarcParser.section(standard));
        }
        return switch (DmarcReading.of(txt, standard)) {
            case DmarcReading.Usable usable -> usable.record();
            case DmarcReading.Unusable unusable ->
                throw new SyntaxException(
                        unusable.fault().offset(), unusable.fault().reason(), DmarcParser.section(standard));
        };
    }

    /**
     * Whether a TXT record says that it is a DMARC record: its first tag is the version, RFC 9989 §4.7. Other records are none of
     * ours.
     */
    public static boolean isDmarc(String txt, DmarcStandard standard) {
        return DmarcParser.versionEnd(txt, standard) >= 0;
    }

    /** Makes a record with this policy, and the defaults for all else. */
    public static Builder builder(DmarcPolicy policy) {
        return new Builder(policy);
    }

    /** What applies to a domain below the one that has the record, RFC 9989 §4.10.1. */
    public DmarcPolicy policyBelow(boolean exists) {
        DmarcPolicy existing = subdomainPolicy.orElse(policy);
        return exists ? existing : nonexistentPolicy.orElse(existing);
    }

    /** The text to publish, without what has its default. {@link #parse} reads it as an equal record. */
    public String print() {
        StringBuilder text = new StringBuilder("v=").append(VERSION);
        tag(text, "p", policy.keyword());
        subdomainPolicy.ifPresent(value -> tag(text, "sp", value.keyword()));
        nonexistentPolicy.ifPresent(value -> tag(text, "np", value.keyword()));
        if (psd != PsdFlag.UNKNOWN) {
            tag(text, "psd", psd.keyword());
        }
        if (testing) {
            tag(text, "t", "y");
        }
        if (dkimAlignment != AlignmentMode.RELAXED) {
            tag(text, "adkim", dkimAlignment.keyword());
        }
        if (spfAlignment != AlignmentMode.RELAXED) {
            tag(text, "aspf", spfAlignment.keyword());
        }
        if (percent != 100) {
            tag(text, "pct", Integer.toString(percent));
        }
        if (!failureOptions.equals(ALL_FAIL)) {
            tag(text, "fo", printOptions(failureOptions));
        }
        if (!failureFormats.equals(AFRF)) {
            tag(text, "rf", String.join(":", failureFormats));
        }
        if (reportInterval != DAY) {
            tag(text, "ri", Long.toString(reportInterval));
        }
        uris(text, "rua", aggregateReports);
        uris(text, "ruf", failureReports);
        return text.toString();
    }

    /** The value of {@code fo}, as records and reports have it. */
    public static String printOptions(List<FailureOption> options) {
        return options.stream().map(FailureOption::keyword).collect(Collectors.joining(":"));
    }

    private static void uris(StringBuilder text, String name, List<ReportUri> uris) {
        if (!uris.isEmpty()) {
            tag(text, name, uris.stream().map(ReportUri::print).collect(Collectors.joining(",")));
        }
    }

    private static void tag(StringBuilder text, String name, String value) {
        text.append("; ").append(name).append('=').append(value);
    }

    static boolean areOptions(List<FailureOption> options) {
        return !options.isEmpty()
                && EnumSet.copyOf(options).size() == options.size()
                && !(options.contains(FailureOption.ALL) && options.contains(FailureOption.ANY));
    }

    static boolean areFormats(List<String> formats) {
        return !formats.isEmpty()
                && formats.stream().distinct().count() == formats.size()
                && formats.stream().allMatch(DmarcRecord::isKeyword);
    }

    /** RFC 5321 §4.1.2 Keyword, in lower case. */
    private static boolean isKeyword(String text) {
        return !text.isEmpty()
                && text.equals(text.toLowerCase(Locale.ROOT))
                && !text.endsWith("-")
                && text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z');
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }

    /** Collects what a record says. Not for use by several threads. */
    public static final class Builder {
        private final DmarcPolicy policy;
        private Optional<DmarcPolicy> subdomainPolicy = Optional.empty();
        private Optional<DmarcPolicy> nonexistentPolicy = Optional.empty();
        private PsdFlag psd = PsdFlag.UNKNOWN;
        private boolean testing;
        private AlignmentMode dkimAlignment = AlignmentMode.RELAXED;
        private AlignmentMode spfAlignment = AlignmentMode.RELAXED;
        private final List<ReportUri> aggregateReports = new ArrayList<>();
        private final List<ReportUri> failureReports = new ArrayList<>();
        private List<FailureOption> failureOptions = ALL_FAIL;
        private int percent = 100;
        private List<String> failureFormats = AFRF;
        private long reportInterval = DAY;

        Builder(DmarcPolicy policy) {
            this.policy = Objects.requireNonNull(policy);
        }

        /** Sets {@code sp}. */
        public Builder subdomainPolicy(DmarcPolicy value) {
            subdomainPolicy = Optional.of(value);
            return this;
        }

        /** Sets {@code np}. */
        public Builder nonexistentPolicy(DmarcPolicy value) {
            nonexistentPolicy = Optional.of(value);
            return this;
        }

        /** Sets {@code psd}. */
        public Builder psd(PsdFlag value) {
            psd = value;
            return this;
        }

        /** Sets {@code t}. */
        public Builder testing(boolean value) {
            testing = value;
            return this;
        }

        /** Sets {@code adkim}. */
        public Builder dkimAlignment(AlignmentMode value) {
            dkimAlignment = value;
            return this;
        }

        /** Sets {@code aspf}. */
        public Builder spfAlignment(AlignmentMode value) {
            spfAlignment = value;
            return this;
        }

        /** Adds to {@code rua}. */
        public Builder aggregateReports(ReportUri... uris) {
            aggregateReports.addAll(List.of(uris));
            return this;
        }

        /** Adds to {@code ruf}. */
        public Builder failureReports(ReportUri... uris) {
            failureReports.addAll(List.of(uris));
            return this;
        }

        /** Sets {@code fo}. */
        public Builder failureOptions(FailureOption... options) {
            failureOptions = List.of(options);
            return this;
        }

        /** Sets {@code pct}. */
        public Builder percent(int value) {
            percent = value;
            return this;
        }

        /** Sets {@code rf}. */
        public Builder failureFormats(String... formats) {
            failureFormats = List.of(formats);
            return this;
        }

        /** Sets {@code ri}, in seconds. */
        public Builder reportInterval(long seconds) {
            reportInterval = seconds;
            return this;
        }

        /** The record. */
        public DmarcRecord build() {
            return new DmarcRecord(
                    policy,
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
    }
}
