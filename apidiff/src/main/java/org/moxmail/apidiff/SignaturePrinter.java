package org.moxmail.apidiff;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.Signature;
import java.lang.classfile.Signature.ArrayTypeSig;
import java.lang.classfile.Signature.BaseTypeSig;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.Signature.TypeArg;
import java.lang.classfile.Signature.TypeParam;
import java.lang.classfile.Signature.TypeVarSig;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeAnnotation.TargetInfo;
import java.lang.classfile.TypeAnnotation.TypeParameterBoundTarget;
import java.lang.classfile.TypeAnnotation.TypePathComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes the generic types of one declaration as {@link TypeText} wants them, with the nullness that is marked on them. */
final class SignaturePrinter {
    private static final Map<String, String> NULLNESS = Map.of(
            "Lorg/jspecify/annotations/Nullable;",
            TypeText.NULLABLE,
            "Lorg/jspecify/annotations/NonNull;",
            "@NonNull ");
    private static final Map<Character, String> PRIMITIVES = Map.of(
            'B', "byte", 'C', "char", 'D', "double", 'F', "float", 'I', "int", 'J', "long", 'S', "short", 'Z',
            "boolean", 'V', "void");

    private final List<TypeAnnotation> annotations;

    SignaturePrinter(AttributedElement element) {
        annotations = Stream.concat(
                        element.findAttribute(Attributes.runtimeVisibleTypeAnnotations()).stream()
                                .flatMap(attribute -> attribute.annotations().stream()),
                        element.findAttribute(Attributes.runtimeInvisibleTypeAnnotations()).stream()
                                .flatMap(attribute -> attribute.annotations().stream()))
                .filter(annotation ->
                        NULLNESS.containsKey(annotation.annotation().className().stringValue()))
                .toList();
    }

    /** The type at the place that the condition tells, such as the third parameter. */
    String print(Signature type, Predicate<TargetInfo> place) {
        return print(type, place, "");
    }

    String print(List<TypeParam> parameters, boolean ofMethod) {
        if (parameters.isEmpty()) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < parameters.size(); index++) {
            texts.add(parameter(parameters.get(index), index, ofMethod));
        }
        return "<" + String.join(", ", texts) + ">";
    }

    private String parameter(TypeParam parameter, int index, boolean ofMethod) {
        List<String> bounds = new ArrayList<>();
        // JVMS 4.7.20.1: bound 0 is the class, also where the class is left out.
        parameter.classBound().ifPresent(bound -> bounds.add(print(bound, bound(index, 0, ofMethod))));
        int number = 1;
        for (Signature bound : parameter.interfaceBounds()) {
            bounds.add(print(bound, bound(index, number++, ofMethod)));
        }
        bounds.remove("Object");
        return parameter.identifier() + (bounds.isEmpty() ? "" : " extends " + String.join(" & ", bounds));
    }

    private static Predicate<TargetInfo> bound(int parameter, int bound, boolean ofMethod) {
        int type =
                ofMethod ? TargetInfo.TARGET_METHOD_TYPE_PARAMETER_BOUND : TargetInfo.TARGET_CLASS_TYPE_PARAMETER_BOUND;
        return place -> place instanceof TypeParameterBoundTarget target
                && target.targetType().targetTypeValue() == type
                && target.typeParameterIndex() == parameter
                && target.boundIndex() == bound;
    }

    private String print(Signature type, Predicate<TargetInfo> place, String path) {
        return switch (type) {
            case BaseTypeSig primitive -> PRIMITIVES.getOrDefault(primitive.baseType(), "?");
            case TypeVarSig variable -> nullness(place, path) + variable.identifier();
            case ArrayTypeSig array -> array(array, place, path);
            case ClassTypeSig named -> nullness(place, path) + name(named, place, path);
        };
    }

    private String array(ArrayTypeSig array, Predicate<TargetInfo> place, String path) {
        StringBuilder brackets = new StringBuilder();
        Signature element = array;
        String at = path;
        while (element instanceof ArrayTypeSig dimension) {
            String nullness = nullness(place, at);
            brackets.append(nullness.isEmpty() ? "" : " ").append(nullness).append("[]");
            element = dimension.componentSignature();
            at += "[";
        }
        return print(element, place, at) + brackets;
    }

    private String name(ClassTypeSig type, Predicate<TargetInfo> place, String path) {
        StringBuilder text = new StringBuilder(type.outerType()
                .map(outer -> name(outer, place, path) + "." + type.className())
                .orElseGet(() -> readable(type.className())));
        List<String> arguments = new ArrayList<>();
        for (TypeArg argument : type.typeArgs()) {
            String at = path + arguments.size() + ";";
            arguments.add(
                    switch (argument) {
                        case TypeArg.Unbounded unbounded -> nullness(place, at) + "?";
                        case TypeArg.Bounded bounded ->
                            switch (bounded.wildcardIndicator()) {
                                case NONE -> print(bounded.boundType(), place, at);
                                case EXTENDS ->
                                    nullness(place, at) + "? extends " + print(bounded.boundType(), place, at + "*");
                                case SUPER ->
                                    nullness(place, at) + "? super " + print(bounded.boundType(), place, at + "*");
                            };
                    });
        }
        return arguments.isEmpty()
                ? text.toString()
                : text.append('<')
                        .append(String.join(", ", arguments))
                        .append('>')
                        .toString();
    }

    /** A class's name as Java writes it, without the package when that is {@code java.lang}. */
    static String readable(String internalName) {
        String name = internalName.replace('/', '.').replace('$', '.');
        boolean shortened =
                internalName.startsWith("java/lang/") && internalName.lastIndexOf('/') == "java/lang".length();
        return shortened ? name.substring("java.lang.".length()) : name;
    }

    private String nullness(Predicate<TargetInfo> place, String path) {
        StringBuilder text = new StringBuilder();
        for (TypeAnnotation annotation : annotations) {
            if (place.test(annotation.targetInfo())
                    && path(annotation.targetPath()).equals(path)) {
                text.append(NULLNESS.get(annotation.annotation().className().stringValue()));
            }
        }
        return text.toString();
    }

    /** Steps into inner classes are left out: whether a nested class is static can't be seen from its name. */
    private static String path(List<TypePathComponent> steps) {
        StringBuilder path = new StringBuilder();
        for (TypePathComponent step : steps) {
            switch (step.typePathKind()) {
                case ARRAY -> path.append('[');
                case WILDCARD -> path.append('*');
                case TYPE_ARGUMENT -> path.append(step.typeArgumentIndex()).append(';');
                case INNER_TYPE -> {}
            }
        }
        return path.toString();
    }
}
