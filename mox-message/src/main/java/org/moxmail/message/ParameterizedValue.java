package org.moxmail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * The value of a field such as Content-Type and Content-Disposition: a word and parameters, RFC 2045 §5.1, with the
 * continuations and charsets of RFC 2231.
 *
 * @param value what stands before the parameters, in lower case: {@code text/plain} or {@code attachment}; empty when
 *     there is nothing usable
 * @param parameters in the order in which their names first occur; names are unique, the first counts
 * @param damaged whether the text strayed from its grammar
 */
public record ParameterizedValue(String value, List<Parameter> parameters, boolean damaged) {
    /** A parameter in more sections than this isn't whole; real ones have a few. */
    private static final int MAX_SECTIONS = 1000;

    /** Parameters that are few enough to look for one by going through them. */
    private static final int FEW = 8;

    public ParameterizedValue {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads the text of a Content-Type field.
     *
     * @throws SyntaxException when it strays from the grammar
     */
    public static ParameterizedValue parseContentType(String text) throws SyntaxException {
        return strict(parseLenient(text, true));
    }

    /**
     * Reads the text of a Content-Disposition field or one like it.
     *
     * @throws SyntaxException when it strays from the grammar
     */
    public static ParameterizedValue parse(String text) throws SyntaxException {
        return strict(parseLenient(text, false));
    }

    private static ParameterizedValue strict(ParameterizedValue value) throws SyntaxException {
        if (value.damaged || value.value.isEmpty()) {
            throw new SyntaxException(0, "a token and parameters", "RFC 2045 §5.1");
        }
        return value;
    }

    /** Reads what can be read. */
    public static ParameterizedValue parseLenient(String text, boolean mediaType) {
        HeaderTokens tokens = new HeaderTokens(text);
        tokens.skipBlanks();
        String value = tokens.token(false);
        boolean damaged = value.isEmpty();
        if (mediaType) {
            tokens.skipBlanks();
            String subtype = "";
            if (tokens.take('/')) {
                tokens.skipBlanks();
                subtype = tokens.token(false);
            }
            damaged |= subtype.isEmpty();
            value = value.isEmpty() || subtype.isEmpty() ? "" : value + '/' + subtype;
        }
        Reader reader = new Reader(tokens);
        reader.parameters();
        return new ParameterizedValue(
                EntityHeader.lower(value), reader.joined(), damaged || reader.damaged || tokens.damaged());
    }

    /** The value of a parameter, whose name is given in lower case. */
    public Optional<String> parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }

    ParameterizedValue withParameters(List<Parameter> others) {
        return others.size() == parameters.size() ? this : new ParameterizedValue(value, others, damaged);
    }

    /** Collects parameters and puts sections together. */
    private static final class Reader {
        private final HeaderTokens tokens;
        /** As long as none comes in sections and they are few, which is nearly always, they are kept as they come. */
        private final List<Parameter> few = new ArrayList<>(4);

        private @Nullable Map<String, Sections> byName;
        private boolean damaged;

        Reader(HeaderTokens tokens) {
            this.tokens = tokens;
        }

        void parameters() {
            while (tokens.skipBlanks()) {
                // Some composers forget the semicolon.
                damaged |= !tokens.take(';');
                if (tokens.skipBlanks() && tokens.here() != ';') {
                    parameter();
                }
            }
        }

        private void toSemicolon() {
            while (tokens.skipBlanks() && tokens.here() != ';') {
                if (tokens.here() == '"') {
                    tokens.quoted();
                } else {
                    tokens.skip();
                }
            }
        }

        private void parameter() {
            String name = EntityHeader.lower(tokens.token(true));
            tokens.skipBlanks();
            if (name.isEmpty() || !tokens.take('=')) {
                damaged = true;
                toSemicolon();
                return;
            }
            tokens.skipBlanks();
            if (tokens.here() == '"') {
                add(name, tokens.quoted());
                return;
            }
            int from = tokens.at();
            String value = tokens.token(false);
            if (!tokens.atEnd()
                    && tokens.here() != ';'
                    && !HeaderTokens.isSpace(tokens.here())
                    && tokens.here() != '(') {
                // Unquoted though it has characters that ask for quotes, which is common.
                damaged = true;
                tokens.moveTo(from);
                value = tokens.until(';');
            }
            damaged |= value.isEmpty();
            add(name, value);
        }

        private void add(String name, String value) {
            int star = name.indexOf('*');
            if (star <= 0) {
                plain(name, value);
                return;
            }
            String base = name.substring(0, star);
            boolean extended = name.endsWith("*");
            String number = name.substring(star + 1, Math.max(star + 1, extended ? name.length() - 1 : name.length()));
            if (number.isEmpty()) {
                sections(base).section(0, value, true);
            } else if (number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                sections(base).section(Integer.parseInt(number), value, extended);
            } else {
                damaged = true;
                sections(name).plain(value);
            }
        }

        private void plain(String name, String value) {
            if (byName != null || few.size() == FEW) {
                sections(name).plain(value);
                return;
            }
            for (Parameter parameter : few) {
                if (parameter.name().equals(name)) {
                    return;
                }
            }
            few.add(new Parameter(name, value));
        }

        private Sections sections(String name) {
            Map<String, Sections> all = byName;
            if (all == null) {
                all = new LinkedHashMap<>();
                byName = all;
                for (Parameter parameter : few) {
                    Sections sections = new Sections();
                    sections.plain(parameter.value());
                    all.put(parameter.name(), sections);
                }
            }
            return all.computeIfAbsent(name, n -> new Sections());
        }

        List<Parameter> joined() {
            Map<String, Sections> all = byName;
            if (all == null) {
                return few;
            }
            List<Parameter> parameters = new ArrayList<>(all.size());
            all.forEach((name, sections) -> {
                String value = sections.joined();
                if (value == null) {
                    damaged = true;
                } else {
                    parameters.add(new Parameter(name, value));
                }
            });
            return parameters;
        }
    }

    private record Section(String text, boolean extended) {}

    /** What was said of one parameter. */
    private static final class Sections {
        private @Nullable String plain;
        private @Nullable TreeMap<Integer, Section> numbered;

        void plain(String value) {
            if (plain == null) {
                plain = value;
            }
        }

        void section(int number, String text, boolean extended) {
            if (numbered == null) {
                numbered = new TreeMap<>();
            }
            if (number < MAX_SECTIONS) {
                numbered.putIfAbsent(number, new Section(text, extended));
            }
        }

        /** RFC 2231 §3 and §4; the form with sections or charset is preferred to the plain one. */
        @Nullable
        String joined() {
            if (numbered == null) {
                return plain;
            }
            Section first = numbered.get(0);
            if (first == null) {
                return plain;
            }
            String charset = null;
            String start = first.text;
            if (first.extended) {
                int quote = start.indexOf('\'');
                int second = quote < 0 ? -1 : start.indexOf('\'', quote + 1);
                if (second >= 0) {
                    charset = start.substring(0, quote);
                    start = start.substring(second + 1);
                }
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            put(start, first.extended, octets);
            for (int i = 1; numbered.get(i) != null; i++) {
                Section section = numbered.get(i);
                put(section.text, section.extended, octets);
            }
            byte[] all = octets.toByteArray();
            Charset known = charset == null ? null : Charsets.find(charset).orElse(null);
            String value = known == null ? HeaderText.decode(all, 0, all.length) : new String(all, known);
            return value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        }

        private static void put(String text, boolean extended, ByteArrayOutputStream octets) {
            byte[] raw = HeaderText.encode(text);
            for (int i = 0; i < raw.length; i++) {
                if (extended && raw[i] == '%' && i + 2 < raw.length) {
                    int high = Character.digit(raw[i + 1], 16);
                    int low = Character.digit(raw[i + 2], 16);
                    if (high >= 0 && low >= 0) {
                        octets.write(high << 4 | low);
                        i += 2;
                        continue;
                    }
                }
                octets.write(raw[i]);
            }
        }
    }
}
