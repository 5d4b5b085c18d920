package org.moxmail.apidiff;

import java.util.ArrayList;
import java.util.List;
import org.moxmail.apidiff.TypeDeclaration.Kind;

/** Reads one line of a dump from left to right. What it can't read is an {@link IllegalArgumentException}. */
final class LineReader {
    private final String text;
    private int at;

    LineReader(String text) {
        this.text = text;
    }

    boolean take(String prefix) {
        boolean there = text.startsWith(prefix, at);
        if (there) {
            at += prefix.length();
        }
        return there;
    }

    void expect(String prefix) {
        if (!take(prefix)) {
            throw new IllegalArgumentException("no '" + prefix + "' at " + at + " in: " + text);
        }
    }

    void end() {
        if (at != text.length()) {
            throw new IllegalArgumentException("not understood from " + at + ": " + text);
        }
    }

    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    /** Annotations of a declaration, each with a space behind it. One that belongs to a type isn't among them. */
    List<String> annotations() {
        List<String> found = new ArrayList<>();
        while (text.startsWith("@", at) && !text.startsWith("@interface", at) && !TypeText.isTypeAnnotation(text, at)) {
            found.add(text.substring(at, endOfWord()));
            at = endOfWord() + 1;
        }
        return found;
    }

    List<String> words(List<String> allowed) {
        List<String> found = new ArrayList<>();
        while (allowed.contains(text.substring(at, endOfWord()))) {
            found.add(text.substring(at, endOfWord()));
            at = endOfWord() + 1;
        }
        return found;
    }

    boolean startsWithKind() {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.word() + " ", at)) {
                return true;
            }
        }
        return false;
    }

    Kind kind() {
        for (Kind kind : Kind.values()) {
            if (take(kind.word() + " ")) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no class, interface, enum, record or @interface: " + text);
    }

    String typeParameters() {
        int start = at;
        if (text.startsWith("<", at)) {
            at = TypeText.closing(text, at) + 1;
        }
        return text.substring(start, at);
    }

    /** A type, or a name, up to what can't be part of it. */
    String type() {
        int start = at;
        at = TypeText.end(text, at);
        if (start == at) {
            throw new IllegalArgumentException("no type at " + at + ": " + text);
        }
        return text.substring(start, at);
    }

    List<String> types() {
        List<String> found = new ArrayList<>();
        do {
            found.add(take(TypeDeclaration.HIDDEN) ? TypeDeclaration.HIDDEN : type());
        } while (take(", "));
        return found;
    }

    /** What stands between commas until the closing mark, which is taken as well. */
    List<String> listUntil(char mark) {
        List<String> found = new ArrayList<>();
        while (!take(String.valueOf(mark))) {
            String item = type();
            found.add(take(" ") ? item + " " + type() : item);
            take(", ");
        }
        return found;
    }

    private int endOfWord() {
        int space = text.indexOf(' ', at);
        return space < 0 ? text.length() : space;
    }
}
