package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the text of an address field. */
final class AddressListParser {
    private final HeaderTokens tokens;
    private final int max;
    private final List<MailboxAddress> entries = new ArrayList<>();
    private boolean damaged;
    private boolean inGroup;
    private @Nullable String comment;

    AddressListParser(String text, int max) {
        this.tokens = new HeaderTokens(text);
        this.max = max;
        list();
    }

    List<MailboxAddress> entries() {
        return entries;
    }

    boolean damaged() {
        return damaged || tokens.damaged();
    }

    private void list() {
        while (entries.size() < max && blanks()) {
            char c = tokens.here();
            if (c == ',') {
                tokens.skip();
            } else if (c == ';') {
                tokens.skip();
                endGroup();
            } else {
                entry();
            }
        }
        if (inGroup && entries.size() < max) {
            damaged = true;
            endGroup();
        }
    }

    private void endGroup() {
        if (inGroup) {
            inGroup = false;
            entries.add(new MailboxAddress(null, null, null, null));
        } else {
            damaged = true;
        }
    }

    /** Passes white space and comments, and keeps the last comment's text. */
    private boolean blanks() {
        while (!tokens.atEnd()) {
            char c = tokens.here();
            if (c == '(') {
                comment = tokens.comment();
            } else if (HeaderTokens.isSpace(c)) {
                tokens.skip();
            } else {
                return true;
            }
        }
        return false;
    }

    private void entry() {
        comment = null;
        Words words = words();
        char c = tokens.here();
        if (c == '<') {
            String name = words.phrase();
            angle(name.isEmpty() ? null : name);
        } else if (c == ':' && !inGroup) {
            tokens.skip();
            inGroup = true;
            entries.add(new MailboxAddress(null, null, words.phrase(), null));
            return;
        } else if (c == '@') {
            tokens.skip();
            String localpart = words.localpart();
            String host = domain();
            blanks();
            add(comment, null, localpart, host);
        } else if (words.isEmpty()) {
            damaged = true;
            tokens.skip();
        } else {
            // No @: a local name, or a person's name where an address should be.
            damaged = true;
            blanks();
            if (words.isOneWord()) {
                add(comment, null, words.localpart(), "");
            } else {
                add(words.phrase(), null, "", "");
            }
        }
        toSeparator();
    }

    /** Passes what doesn't belong behind an address. */
    private void toSeparator() {
        while (blanks()) {
            char c = tokens.here();
            if (c == ',' || c == ';') {
                return;
            }
            damaged = true;
            if (c == '"') {
                tokens.quoted();
            } else {
                tokens.skip();
            }
        }
    }

    private void add(@Nullable String name, @Nullable String adl, String localpart, String host) {
        damaged |= host.isEmpty();
        entries.add(new MailboxAddress(name, adl, localpart, host));
    }

    private void angle(@Nullable String name) {
        tokens.skip();
        blanks();
        String adl = null;
        if (tokens.here() == '@') {
            adl = route();
        }
        Words words = words();
        String localpart = words.localpart();
        String host = "";
        if (tokens.take('@')) {
            host = domain();
        }
        blanks();
        if (!tokens.take('>')) {
            damaged = true;
            while (!tokens.atEnd() && tokens.here() != '>' && tokens.here() != ',') {
                tokens.skip();
            }
            tokens.take('>');
        }
        add(name, adl, localpart, host);
    }

    /** The obsolete source route, RFC 5322 §4.4: domains, each with its @, up to the colon. */
    private String route() {
        StringBuilder route = new StringBuilder();
        while (blanks()) {
            if (tokens.take(',')) {
                route.append(',');
            } else if (tokens.take('@')) {
                route.append('@').append(domain());
            } else if (tokens.take(':')) {
                return route.toString();
            } else {
                break;
            }
        }
        damaged = true;
        return route.toString();
    }

    private String domain() {
        blanks();
        if (tokens.here() == '[') {
            return literal();
        }
        String plain = plainDomain();
        if (!plain.isEmpty()) {
            return plain;
        }
        StringBuilder domain = new StringBuilder();
        boolean dot = true;
        while (blanks()) {
            if (tokens.take('.')) {
                damaged |= dot;
                dot = true;
                domain.append('.');
                continue;
            }
            String atom = dot ? atom() : "";
            if (atom.isEmpty()) {
                break;
            }
            dot = false;
            domain.append(atom);
        }
        damaged |= dot;
        return domain.toString();
    }

    /** A domain without gaps, comments and misplaced dots, as nearly all are; nothing is passed when it isn't one. */
    private String plainDomain() {
        int from = tokens.at();
        boolean dot = true;
        while (!tokens.atEnd()) {
            char c = tokens.here();
            if (c == '.' ? dot : !CharClass.isAddressWord(c)) {
                break;
            }
            dot = c == '.';
            tokens.skip();
        }
        char c = tokens.here();
        if (!dot && (c == '>' || c == ',' || c == ';' || tokens.atEnd())) {
            return tokens.since(from);
        }
        tokens.moveTo(from);
        return "";
    }

    /** A domain-literal, RFC 5322 §3.4.1, brackets included. */
    private String literal() {
        StringBuilder literal = new StringBuilder();
        while (!tokens.atEnd()) {
            char c = tokens.here();
            tokens.skip();
            if (c == '\\' && !tokens.atEnd()) {
                literal.append(tokens.here());
                tokens.skip();
                continue;
            }
            if (!HeaderTokens.isSpace(c)) {
                literal.append(c);
            }
            if (c == ']') {
                return literal.toString();
            }
        }
        damaged = true;
        return literal.toString();
    }

    private String atom() {
        int from = tokens.at();
        while (!tokens.atEnd() && CharClass.isAddressWord(tokens.here())) {
            tokens.skip();
        }
        return tokens.since(from);
    }

    /** Words and dots up to a char that ends them. */
    private Words words() {
        Words words = new Words();
        int before = tokens.at();
        while (blanks()) {
            int from = tokens.at();
            boolean gap = from > before;
            char c = tokens.here();
            if (c == '"') {
                words.addDecoded(tokens.quoted(), gap, false);
            } else if (c == '.') {
                tokens.skip();
                words.add(from, before, true);
            } else {
                while (!tokens.atEnd() && CharClass.isAddressWord(tokens.here())) {
                    tokens.skip();
                }
                if (tokens.at() > from) {
                    words.add(from, before, false);
                } else if ("<>@,;:".indexOf(c) >= 0) {
                    break;
                } else {
                    damaged = true;
                    tokens.skip();
                    words.addDecoded(String.valueOf(c), gap, false);
                }
            }
            before = tokens.at();
        }
        return words;
    }

    /**
     * Words and dots as they came, to be read as a phrase or as a localpart. As long as they stand in the text as they are
     * to be read, which is nearly always, they are but a range of it.
     */
    private final class Words {
        private int from;
        private int to;
        private @Nullable StringBuilder phrase;
        private @Nullable StringBuilder localpart;
        private int count;
        private boolean gaps;
        /** Whether a word may come by the grammar of a localpart: at the start and behind a dot. */
        private boolean wordMayCome = true;

        private boolean noLocalpart;

        /** Adds what stands from {@code start} to here; what was added before ended at {@code before}. */
        void add(int start, int before, boolean isDot) {
            boolean gap = start > before;
            boolean oneSpace = start == before + 1 && tokens.charAt(before) == ' ';
            if (phrase == null && (count == 0 || (!gap || oneSpace) && (!gap || !wordMayCome && !isDot))) {
                from = count == 0 ? start : from;
                to = tokens.at();
                follow(gap, isDot);
                return;
            }
            addDecoded(tokens.since(start), gap, isDot);
        }

        void addDecoded(String word, boolean gap, boolean isDot) {
            StringBuilder name = phrase;
            StringBuilder left = localpart;
            if (name == null || left == null) {
                String soFar = count == 0 ? "" : tokens.between(from, to);
                name = new StringBuilder(soFar);
                left = new StringBuilder(soFar);
                phrase = name;
                localpart = left;
            }
            if (count > 0 && gap) {
                name.append(' ');
            }
            name.append(word);
            if (!isDot && !wordMayCome) {
                // Kept apart, though it is no localpart.
                left.append(' ');
            }
            left.append(word);
            follow(gap, isDot);
        }

        private void follow(boolean gap, boolean isDot) {
            gaps |= count > 0 && gap;
            noLocalpart |= isDot == wordMayCome;
            wordMayCome = isDot;
            count++;
        }

        boolean isEmpty() {
            return count == 0;
        }

        /** Whether there are no gaps, so that it may be a local name. */
        boolean isOneWord() {
            return !gaps;
        }

        /** RFC 5322 §3.2.5, with the obsolete dots. */
        String phrase() {
            return text(phrase);
        }

        String localpart() {
            damaged |= noLocalpart || wordMayCome;
            return text(localpart);
        }

        private String text(@Nullable StringBuilder built) {
            if (built != null) {
                return built.toString();
            }
            return count == 0 ? "" : tokens.between(from, to);
        }
    }
}
