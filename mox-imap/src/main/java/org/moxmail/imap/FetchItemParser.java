package org.moxmail.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads what FETCH asks for, and sections in both directions; RFC 9051 §9, fetch-att. */
final class FetchItemParser {
    private static final Map<String, FetchItem.Attribute> ATTRIBUTES = new HashMap<>();

    static {
        for (FetchItem.Attribute attribute : FetchItem.Attribute.values()) {
            ATTRIBUTES.put(attribute.keyword(), attribute);
        }
    }

    private final Lexer in;

    FetchItemParser(Lexer in) {
        this.in = in;
    }

    /** One item, a list of them, or a macro. */
    List<FetchItem> items() throws SyntaxException {
        if (in.eat('(')) {
            List<FetchItem> items = new ArrayList<>();
            do {
                items.add(item());
            } while (!in.listEnd());
            return items;
        }
        if (in.eatWord("ALL")) {
            return FetchItem.ALL;
        }
        if (in.eatWord("FAST")) {
            return FetchItem.FAST;
        }
        if (in.eatWord("FULL")) {
            return FetchItem.FULL;
        }
        return List.of(item());
    }

    private FetchItem item() throws SyntaxException {
        int start = in.offset();
        String word = in.word();
        if (in.peek() == '[') {
            switch (word) {
                case "BODY":
                    return new FetchItem.Section(section(), partial(), false);
                case "BODY.PEEK":
                    return new FetchItem.Section(section(), partial(), true);
                case "BINARY":
                    return new FetchItem.Binary(binarySection(), partial(), false);
                case "BINARY.PEEK":
                    return new FetchItem.Binary(binarySection(), partial(), true);
                case "BINARY.SIZE":
                    return new FetchItem.BinarySize(binarySection());
                default:
            }
        } else if (word.equals("PREVIEW")) {
            return new FetchItem.Preview(lazy());
        } else {
            FetchItem.Attribute attribute = ATTRIBUTES.get(word);
            if (attribute != null) {
                return attribute;
            }
        }
        in.offset(start);
        throw in.error("a data item", "RFC 9051 §6.4.5");
    }

    /** RFC 8970 §6: modifiers in a list of their own; another list there is the command's. */
    private boolean lazy() throws SyntaxException {
        int start = in.offset();
        if (!in.eat(' ') || !in.eat('(') || !in.nextIs("LAZY")) {
            in.offset(start);
            return false;
        }
        do {
            if (!in.word().equals("LAZY")) {
                throw in.error("LAZY", "RFC 8970 §6");
            }
        } while (!in.listEnd());
        return true;
    }

    private @Nullable Partial partial() throws SyntaxException {
        if (!in.eat('<')) {
            return null;
        }
        long offset = in.number64();
        in.expect('.');
        long count = in.number64();
        if (count == 0) {
            throw in.error("a count from 1");
        }
        in.expect('>');
        return new Partial(offset, count);
    }

    /** Part numbers in brackets. */
    List<Integer> binarySection() throws SyntaxException {
        in.expect('[');
        List<Integer> part = new ArrayList<>();
        if (!in.eat(']')) {
            do {
                part.add(partNumber());
            } while (in.eat('.'));
            in.expect(']');
        }
        return part;
    }

    private int partNumber() throws SyntaxException {
        long number = in.nzNumber();
        if (number > Integer.MAX_VALUE) {
            throw in.error("a part number below 2^31");
        }
        return (int) number;
    }

    /** A section in brackets. */
    SectionSpec section() throws SyntaxException {
        in.expect('[');
        List<Integer> part = new ArrayList<>();
        boolean text = in.peek() != ']';
        while (text && in.peek() >= '0' && in.peek() <= '9') {
            part.add(partNumber());
            text = in.eat('.');
        }
        SectionSpec.Kind kind = text ? kind(!part.isEmpty()) : SectionSpec.Kind.ALL;
        boolean named = kind == SectionSpec.Kind.HEADER_FIELDS || kind == SectionSpec.Kind.HEADER_FIELDS_NOT;
        SectionSpec section = new SectionSpec(part, kind, named ? fields() : List.of());
        in.expect(']');
        return section;
    }

    private SectionSpec.Kind kind(boolean ofPart) throws SyntaxException {
        int start = in.offset();
        String word = in.word();
        for (SectionSpec.Kind kind : SectionSpec.Kind.values()) {
            if (kind.keyword().equals(word) && (ofPart || kind != SectionSpec.Kind.MIME)) {
                return kind;
            }
        }
        in.offset(start);
        throw in.error("HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or a part's MIME");
    }

    private List<String> fields() throws SyntaxException {
        in.sp();
        in.expect('(');
        List<String> fields = new ArrayList<>();
        do {
            fields.add(in.text());
        } while (!in.listEnd());
        return fields;
    }
}
