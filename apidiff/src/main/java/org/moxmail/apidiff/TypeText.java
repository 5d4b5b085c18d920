package org.moxmail.apidiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Types as text. Names are qualified, but for those of {@code java.lang}; annotations that belong to a type stand before it
 * ({@code @Nullable java.util.List<String>}), those of an array before its brackets ({@code String @Nullable []}).
 */
final class TypeText {
    static final String NULLABLE = "@Nullable ";
    static final List<String> TYPE_ANNOTATIONS = List.of(NULLABLE, "@NonNull ");
    private static final Pattern ANNOTATION = Pattern.compile("@(Nullable|NonNull) ");
    private static final Pattern WILDCARD_WITHOUT_SPACE = Pattern.compile(" +");

    private TypeText() {}

    static boolean isTypeAnnotation(String text, int at) {
        return TYPE_ANNOTATIONS.stream().anyMatch(annotation -> text.startsWith(annotation, at));
    }

    /** Where the type, or name, that begins at a position ends. */
    static int end(String text, int start) {
        int at = start;
        while (isTypeAnnotation(text, at)) {
            at = text.indexOf(' ', at) + 1;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '<') {
                at = closing(text, at);
            } else if (c == ' ' && isTypeAnnotation(text, at + 1) && isArray(text, text.indexOf(' ', at + 1) + 1)) {
                at = text.indexOf(' ', at + 1);
            } else if (" ,()&>".indexOf(c) >= 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    private static boolean isArray(String text, int at) {
        return text.startsWith("[]", at) || text.startsWith("...", at);
    }

    /** Where the angle bracket that opens at a position is closed. */
    static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            if (text.charAt(at) == '<') {
                depth++;
            } else if (text.charAt(at) == '>' && --depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("a bracket isn't closed: " + text);
    }

    static String withoutAnnotations(String type) {
        return ANNOTATION.matcher(type).replaceAll("");
    }

    /** Whether the value itself may be null: for an array, the array and not what is in it. */
    static boolean isNullable(String type) {
        int brackets = type.lastIndexOf('>') + 1;
        int array = type.indexOf("[]", brackets);
        array = array < 0 ? type.indexOf("...", brackets) : array;
        return array < 0 ? type.startsWith(NULLABLE) : type.startsWith(" " + NULLABLE, array - NULLABLE.length() - 1);
    }

    /** The type without the nullness of the value itself, and without the difference between an array and varargs. */
    static String withoutOwnNullness(String type) {
        String plain = type.replace("...", "[]");
        if (!isNullable(plain)) {
            return plain;
        }
        int array = plain.indexOf("[]", plain.lastIndexOf('>') + 1);
        return array < 0
                ? plain.substring(NULLABLE.length())
                : plain.substring(0, array - NULLABLE.length() - 1) + plain.substring(array);
    }

    /** What is left at run time: no type arguments, no annotations, bounds in place of variables. */
    static String erase(String type, Map<String, String> typeVariables) {
        StringBuilder plain = new StringBuilder();
        String text = withoutAnnotations(type);
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '<') {
                at = closing(text, at);
            } else {
                plain.append(text.charAt(at));
            }
        }
        String erased = WILDCARD_WITHOUT_SPACE.matcher(plain).replaceAll("").replace("...", "[]");
        int array = erased.indexOf('[');
        String base = array < 0 ? erased : erased.substring(0, array);
        return typeVariables.getOrDefault(base, base) + (array < 0 ? "" : erased.substring(array));
    }

    /** The type variables that are known where these parameters are declared, with what they are erased to. */
    static Map<String, String> scope(String typeParameters, Map<String, String> outer) {
        if (typeParameters.isEmpty()) {
            return outer;
        }
        Map<String, String> bounds = new HashMap<>();
        for (String parameter : split(typeParameters.substring(1, typeParameters.length() - 1))) {
            int bound = parameter.indexOf(" extends ");
            String name = bound < 0 ? parameter : parameter.substring(0, bound);
            int start = bound + " extends ".length();
            bounds.put(name, bound < 0 ? "Object" : parameter.substring(start, end(parameter, start)));
        }
        Map<String, String> scope = new HashMap<>(outer);
        bounds.forEach((name, bound) -> scope.put(name, resolve(bound, bounds, outer)));
        return scope;
    }

    /** A bound may be another variable, whose own bound it is then. */
    private static String resolve(String bound, Map<String, String> bounds, Map<String, String> outer) {
        String at = bound;
        while (bounds.containsKey(withoutAnnotations(at))) {
            at = bounds.getOrDefault(withoutAnnotations(at), "Object");
        }
        return erase(at, outer);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '<') {
                at = closing(text, at);
            } else if (text.charAt(at) == ',') {
                parts.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
