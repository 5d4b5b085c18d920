package org.moxmail.apidiff;

import java.util.List;
import java.util.Map;

/**
 * A field, enum constant, constructor or method as a dump prints it. Types are text as {@link TypeText} has it.
 *
 * @param annotations with their at sign, those that matter to users
 * @param modifiers in the order in which they are printed
 * @param typeParameters with their angle brackets, or empty
 * @param type a field's type or what a method returns; empty for constructors and enum constants
 * @param name a constructor's is its class's simple one
 * @param parameters types only: what a parameter is called is nobody's contract
 * @param value of a compile-time constant, as Java writes it; otherwise empty
 */
record Member(
        Form form,
        List<String> annotations,
        List<String> modifiers,
        String typeParameters,
        String type,
        String name,
        List<String> parameters,
        List<String> thrown,
        String value) {
    private static final List<String> MODIFIERS =
            List.of("public", "protected", "abstract", "default", "static", "final");
    private static final String CONSTANT = "constant ";

    /** In the order in which a dump lists them. */
    enum Form {
        CONSTANT,
        FIELD,
        CONSTRUCTOR,
        METHOD
    }

    Member {
        annotations = List.copyOf(annotations);
        modifiers = List.copyOf(modifiers);
        parameters = List.copyOf(parameters);
        thrown = List.copyOf(thrown);
    }

    boolean is(String modifier) {
        return modifiers.contains(modifier);
    }

    /** What the Java machine tells members of one class apart by, as far as a caller says it. */
    String key(Map<String, String> typeVariables) {
        if (form == Form.FIELD || form == Form.CONSTANT) {
            return name;
        }
        Map<String, String> scope = TypeText.scope(typeParameters, typeVariables);
        return name + "("
                + String.join(
                        ", ",
                        parameters.stream()
                                .map(type -> TypeText.erase(type, scope))
                                .toList())
                + ")";
    }

    String print() {
        StringBuilder text = new StringBuilder();
        annotations.forEach(annotation -> text.append(annotation).append(' '));
        if (form == Form.CONSTANT) {
            return text.append(CONSTANT).append(name).toString();
        }
        modifiers.forEach(modifier -> text.append(modifier).append(' '));
        if (!typeParameters.isEmpty()) {
            text.append(typeParameters).append(' ');
        }
        if (!type.isEmpty()) {
            text.append(type).append(' ');
        }
        text.append(name);
        if (form != Form.FIELD) {
            text.append('(').append(String.join(", ", parameters)).append(')');
        }
        if (!thrown.isEmpty()) {
            text.append(" throws ").append(String.join(", ", thrown));
        }
        if (!value.isEmpty()) {
            text.append(" = ").append(value);
        }
        return text.toString();
    }

    static Member parse(String text) {
        LineReader line = new LineReader(text);
        List<String> annotations = line.annotations();
        if (line.take(CONSTANT)) {
            return new Member(Form.CONSTANT, annotations, List.of(), "", "", line.rest(), List.of(), List.of(), "");
        }
        List<String> modifiers = line.words(MODIFIERS);
        String typeParameters = line.typeParameters();
        line.take(" ");
        String first = line.type();
        if (line.take("(")) {
            return callable(line, Form.CONSTRUCTOR, annotations, modifiers, typeParameters, "", first);
        }
        line.expect(" ");
        String name = line.type();
        if (line.take("(")) {
            return callable(line, Form.METHOD, annotations, modifiers, typeParameters, first, name);
        }
        String value = line.take(" = ") ? line.rest() : "";
        line.end();
        return new Member(Form.FIELD, annotations, modifiers, "", first, name, List.of(), List.of(), value);
    }

    private static Member callable(
            LineReader line,
            Form form,
            List<String> annotations,
            List<String> modifiers,
            String typeParameters,
            String type,
            String name) {
        List<String> parameters = line.listUntil(')');
        List<String> thrown = line.take(" throws ") ? line.types() : List.of();
        line.end();
        return new Member(form, annotations, modifiers, typeParameters, type, name, parameters, thrown, "");
    }
}
