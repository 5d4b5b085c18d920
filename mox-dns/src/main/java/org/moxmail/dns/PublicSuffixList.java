package org.moxmail.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public suffix list: below which names the public registers domains, such as {@code com} and {@code co.uk}. What stands directly
 * below a public suffix is an organization's domain, by which RFC 7489 §3.2 groups names. The list is from
 * {@code publicsuffix.org} and under the Mozilla Public License 2.0.
 *
 * <p>Immutable. A list takes some 150 KiB; a bundled one is read when it is first asked for.
 */
public final class PublicSuffixList {
    /** Which parts of the list count. */
    public enum Part {
        /** Suffixes that ICANN delegates: what mail goes by, RFC 7489 erratum 6729. */
        ICANN,
        /** Those, and ones where companies let their customers have names, such as {@code github.io}: what web browsers go by. */
        ALL
    }

    private static final String BUNDLED = "public_suffix_list.dat";
    private static final String BEGIN = "// ===BEGIN ICANN DOMAINS===";
    private static final String END = "// ===END ICANN DOMAINS===";

    /** More rules than these are no list of public suffixes, but an attempt on our memory; there are some 10,000. */
    private static final int MOST_RULES = 200_000;

    private static final class Icann {
        static final PublicSuffixList LIST = bundledList(Part.ICANN);
    }

    private static final class All {
        static final PublicSuffixList LIST = bundledList(Part.ALL);
    }

    /** The rules in their order, with nothing between: one text takes a third of the memory of many. */
    private final String rules;

    /** Where each rule begins, and the last one ends. */
    private final int[] starts;

    private PublicSuffixList(List<String> rules) {
        String[] sorted = rules.stream().sorted().distinct().toArray(String[]::new);
        int[] offsets = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            offsets[i + 1] = offsets[i] + sorted[i].length();
        }
        this.rules = String.join("", sorted);
        this.starts = offsets;
    }

    /** The list that comes with this library. */
    public static PublicSuffixList bundled(Part part) {
        return switch (part) {
            case ICANN -> Icann.LIST;
            case ALL -> All.LIST;
        };
    }

    private static PublicSuffixList bundledList(Part part) {
        try (InputStream in = PublicSuffixList.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is missing from this library");
            }
            return read(in, part);
        } catch (IOException e) {
            throw new UncheckedIOException(BUNDLED + " of this library can't be read", e);
        }
    }

    /**
     * Reads a list, such as a newer one. Rules that are no names are skipped.
     *
     * @param in the file as publicsuffix.org publishes it, in UTF-8; read to the end, not closed
     * @throws IOException when it can't be read, holds too many rules, or none: a list that is cut short is worse than an old one
     */
    public static PublicSuffixList read(InputStream in, Part part) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<String> rules = new ArrayList<>();
        boolean counts = part == Part.ALL;
        boolean ended = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = line.strip();
            if (text.equals(BEGIN)) {
                counts = true;
            } else if (text.equals(END)) {
                counts = part == Part.ALL;
                ended = true;
            } else if (counts && !text.isEmpty() && !text.startsWith("//")) {
                rule(text.split("\\s", 2)[0]).ifPresent(rules::add);
                if (rules.size() > MOST_RULES) {
                    throw new IOException("more than " + MOST_RULES + " rules in a public suffix list");
                }
            }
        }
        if (rules.isEmpty() || !ended) {
            throw new IOException("a public suffix list without its end");
        }
        return new PublicSuffixList(rules);
    }

    /** A rule with its labels in ASCII; empty when it's none. */
    private static Optional<String> rule(String text) {
        String mark = text.startsWith("!") ? "!" : text.startsWith("*.") ? "*." : "";
        try {
            return Optional.of(
                    mark + DnsName.parse(text.substring(mark.length())).ascii());
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }

    /** The public suffix that a name ends in, which may be the name itself. Of names under no rule it is the last label. */
    public DnsName publicSuffix(DnsName name) {
        return lastLabels(name, suffixLabels(name));
    }

    /** The public suffix with one more label: what somebody has registered. Empty for a public suffix itself. */
    public Optional<DnsName> registrableDomain(DnsName name) {
        int labels = suffixLabels(name);
        return count(name) > labels ? Optional.of(lastLabels(name, labels + 1)) : Optional.empty();
    }

    /** The registrable domain, or the name itself if it is a public suffix, RFC 7489 §3.2. */
    public DnsName organizationalDomain(DnsName name) {
        return registrableDomain(name).orElse(name);
    }

    /** How many rules there are. */
    public int size() {
        return starts.length - 1;
    }

    /** How many labels the public suffix of a name has. The longest rule counts, and an exception before all. */
    private int suffixLabels(DnsName name) {
        String text = name.ascii();
        int labels = count(name);
        int longest = 1;
        for (int at = 0; at >= 0 && labels > 0; labels--) {
            if (has("!", text, at)) {
                return labels - 1;
            }
            if (longest == 1 && has("", text, at)) {
                longest = labels;
            }
            int dot = text.indexOf('.', at);
            if (longest == 1 && dot >= 0 && has("*.", text, dot + 1)) {
                longest = labels;
            }
            at = dot < 0 ? -1 : dot + 1;
        }
        return longest;
    }

    private boolean has(String mark, String text, int from) {
        int low = 0;
        int high = starts.length - 2;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, mark, text, from);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Compares a rule with a mark and the rest of a text, as strings compare. */
    private int compare(int rule, String mark, String text, int from) {
        int start = starts[rule];
        int length = starts[rule + 1] - start;
        int otherLength = mark.length() + text.length() - from;
        for (int i = 0; i < Math.min(length, otherLength); i++) {
            char other = i < mark.length() ? mark.charAt(i) : text.charAt(from + i - mark.length());
            int order = rules.charAt(start + i) - other;
            if (order != 0) {
                return order;
            }
        }
        return length - otherLength;
    }

    private static int count(DnsName name) {
        String text = name.ascii();
        int labels = 1;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            labels++;
        }
        return labels;
    }

    private static DnsName lastLabels(DnsName name, int labels) {
        DnsName suffix = name;
        for (int left = count(name); left > labels; left--) {
            suffix = suffix.parent().orElse(suffix);
        }
        return suffix;
    }
}
