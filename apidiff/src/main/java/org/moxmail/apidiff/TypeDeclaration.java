package org.moxmail.apidiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The head of a class as a dump prints it: everything but the members. Types are text as {@link TypeText} has it.
 *
 * @param name qualified, with dots between nested classes
 * @param annotations with their at sign, those that matter to users
 * @param modifiers in the order in which they are printed; without those that the kind implies
 * @param typeParameters with their angle brackets, or empty
 * @param components of a record, each a type, a space and a name
 * @param superclass empty for none that says anything
 * @param permits of a sealed class; {@link #HIDDEN} stands for all that users can't name
 */
record TypeDeclaration(
        String name,
        List<String> annotations,
        List<String> modifiers,
        Kind kind,
        String typeParameters,
        List<String> components,
        String superclass,
        List<String> interfaces,
        List<String> permits) {
    static final String HIDDEN = "(hidden)";
    private static final List<String> MODIFIERS =
            List.of("public", "protected", "static", "abstract", "sealed", "final");

    enum Kind {
        CLASS,
        INTERFACE,
        ENUM,
        RECORD,
        ANNOTATION;

        String word() {
            return this == ANNOTATION ? "@interface" : name().toLowerCase(Locale.ROOT);
        }
    }

    TypeDeclaration {
        annotations = List.copyOf(annotations);
        modifiers = List.copyOf(modifiers);
        components = List.copyOf(components);
        interfaces = List.copyOf(interfaces);
        permits = List.copyOf(permits);
    }

    boolean is(String modifier) {
        return modifiers.contains(modifier);
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What stands before the last dot: the package, or the class around a nested one. */
    String outer() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The superclass, if it says anything, and the interfaces. */
    List<String> supertypes() {
        List<String> all = new ArrayList<>();
        if (!superclass.isEmpty()) {
            all.add(superclass);
        }
        all.addAll(interfaces);
        return all;
    }

    String print() {
        StringBuilder text = new StringBuilder();
        annotations.forEach(annotation -> text.append(annotation).append(' '));
        modifiers.forEach(modifier -> text.append(modifier).append(' '));
        text.append(kind.word()).append(' ').append(simpleName()).append(typeParameters);
        if (kind == Kind.RECORD) {
            text.append('(').append(String.join(", ", components)).append(')');
        }
        if (!superclass.isEmpty()) {
            text.append(" extends ").append(superclass);
        }
        if (!interfaces.isEmpty()) {
            text.append(kind == Kind.INTERFACE ? " extends " : " implements ").append(String.join(", ", interfaces));
        }
        if (!permits.isEmpty()) {
            text.append(" permits ").append(String.join(", ", permits));
        }
        return text.toString();
    }

    static TypeDeclaration parse(String name, String text) {
        LineReader line = new LineReader(text);
        List<String> annotations = line.annotations();
        List<String> modifiers = line.words(MODIFIERS);
        Kind kind = line.kind();
        line.expect(name.substring(name.lastIndexOf('.') + 1));
        String typeParameters = line.typeParameters();
        List<String> components = line.take("(") ? line.listUntil(')') : List.of();
        List<String> extended = line.take(" extends ") ? line.types() : List.of();
        boolean single = kind == Kind.CLASS && !extended.isEmpty();
        List<String> interfaces = line.take(" implements ") ? line.types() : single ? List.of() : extended;
        List<String> permits = line.take(" permits ") ? line.types() : List.of();
        line.end();
        return new TypeDeclaration(
                name,
                annotations,
                modifiers,
                kind,
                typeParameters,
                components,
                single ? extended.getFirst() : "",
                interfaces,
                permits);
    }

    static boolean isTypeLine(String text) {
        LineReader line = new LineReader(text);
        line.annotations();
        line.words(MODIFIERS);
        return line.startsWithKind();
    }
}
