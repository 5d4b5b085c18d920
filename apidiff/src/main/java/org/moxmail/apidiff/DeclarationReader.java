package org.moxmail.apidiff;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.TypeAnnotation.FormalParameterTarget;
import java.lang.classfile.TypeAnnotation.SupertypeTarget;
import java.lang.classfile.TypeAnnotation.TargetInfo;
import java.lang.classfile.TypeAnnotation.ThrowsTarget;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.moxmail.apidiff.TypeDeclaration.Kind;

/**
 * Reads what one class declares. What its kind implies is left out: that a record is final and has {@code equals}, that an
 * enum has {@code values()}.
 */
final class DeclarationReader {
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "Ljava/lang/Deprecated;", "@Deprecated",
            "Ljava/lang/FunctionalInterface;", "@FunctionalInterface",
            "Lorg/jspecify/annotations/NullMarked;", "@NullMarked",
            "Lorg/jspecify/annotations/NullUnmarked;", "@NullUnmarked");
    private static final Set<String> OBJECTS = Set.of("equals(Object)", "hashCode()", "toString()");
    private static final Set<String> ENUMS = Set.of("values()", "valueOf(String)");
    /** JVMS 4.7.20.1: the index that stands for the superclass. */
    private static final int SUPERCLASS = 65535;

    private final ClassModel model;
    private final @Nullable InnerClassInfo nested;
    private final Predicate<String> hidden;
    private final Kind kind;

    DeclarationReader(ClassModel model, @Nullable InnerClassInfo nested, Predicate<String> hidden) {
        this.model = model;
        this.nested = nested;
        this.hidden = hidden;
        this.kind = kindOf(model);
    }

    ClassModel model() {
        return model;
    }

    /** The class's head; in place of supertypes that users can't name come theirs, which are given. */
    TypeDeclaration declaration(List<ClassModel> hiddenAbove) {
        ClassSignature signature = signature(model);
        SignaturePrinter printer = new SignaturePrinter(model);
        List<String> extended = new ArrayList<>();
        Set<String> interfaces = new LinkedHashSet<>();
        supertypes(model, extended, interfaces);
        for (ClassModel above : hiddenAbove) {
            supertypes(above, extended, interfaces);
        }
        if (kind == Kind.ENUM || kind == Kind.RECORD) {
            extended.clear();
        }
        if (kind == Kind.ANNOTATION) {
            interfaces.clear();
        }
        return new TypeDeclaration(
                SignaturePrinter.readable(model.thisClass().asInternalName()),
                annotations(model),
                modifiers(),
                kind,
                printer.print(signature.typeParameters(), false),
                components(),
                extended.isEmpty() ? "" : extended.getFirst(),
                List.copyOf(interfaces),
                permits());
    }

    /** The members that users may name, as members of the class that is declared: this one or one below. */
    List<Member> members(TypeDeclaration declared) {
        List<Member> members = new ArrayList<>();
        model.fields().stream()
                .filter(field -> isVisible(field.flags().flags(), declared))
                .map(this::field)
                .forEach(members::add);
        model.methods().stream()
                .filter(method -> isVisible(method.flags().flags(), declared)
                        && !method.methodName().equalsString("<clinit>"))
                .map(method -> method(method, declared.simpleName()))
                .filter(member -> !isImplied(member, declared))
                .forEach(members::add);
        return members;
    }

    static List<String> annotations(AttributedElement element) {
        return Stream.concat(
                        element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                                .flatMap(attribute -> attribute.annotations().stream()),
                        element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                                .flatMap(attribute -> attribute.annotations().stream()))
                .filter(annotation ->
                        ANNOTATIONS.containsKey(annotation.className().stringValue()))
                .map(DeclarationReader::print)
                .sorted()
                .toList();
    }

    private static String print(Annotation annotation) {
        boolean forRemoval = annotation.elements().stream()
                .anyMatch(element -> element.name().equalsString("forRemoval")
                        && element.value() instanceof AnnotationValue.OfBoolean value
                        && value.booleanValue());
        return ANNOTATIONS.get(annotation.className().stringValue()) + (forRemoval ? "(forRemoval)" : "");
    }

    private static Kind kindOf(ClassModel model) {
        Set<AccessFlag> flags = model.flags().flags();
        if (flags.contains(AccessFlag.ANNOTATION)) {
            return Kind.ANNOTATION;
        }
        if (flags.contains(AccessFlag.INTERFACE)) {
            return Kind.INTERFACE;
        }
        if (flags.contains(AccessFlag.ENUM)) {
            return Kind.ENUM;
        }
        return model.findAttribute(Attributes.record()).isPresent() ? Kind.RECORD : Kind.CLASS;
    }

    private static ClassSignature signature(ClassModel model) {
        return model.findAttribute(Attributes.signature())
                .map(attribute -> attribute.asClassSignature())
                .orElseGet(() -> ClassSignature.of(
                        model.superclass()
                                .map(type -> ClassTypeSig.of(type.asSymbol()))
                                .orElseGet(() -> ClassTypeSig.of("java/lang/Object")),
                        model.interfaces().stream()
                                .map(type -> ClassTypeSig.of(type.asSymbol()))
                                .toArray(ClassTypeSig[]::new)));
    }

    private void supertypes(ClassModel of, List<String> extended, Set<String> interfaces) {
        ClassSignature signature = signature(of);
        SignaturePrinter printer = new SignaturePrinter(of);
        boolean visible = of.superclass()
                .filter(type -> !hidden.test(type.asInternalName()))
                .isPresent();
        String superclass = printer.print(signature.superclassSignature(), supertype(SUPERCLASS));
        if (visible && !superclass.equals("Object")) {
            extended.add(superclass);
        }
        for (int index = 0; index < of.interfaces().size(); index++) {
            if (!hidden.test(of.interfaces().get(index).asInternalName())) {
                interfaces.add(
                        printer.print(signature.superinterfaceSignatures().get(index), supertype(index)));
            }
        }
    }

    private static Predicate<TargetInfo> supertype(int index) {
        return place -> place instanceof SupertypeTarget target && (target.supertypeIndex() & 0xffff) == index;
    }

    private List<String> modifiers() {
        Set<AccessFlag> flags = nested == null ? model.flags().flags() : nested.flags();
        List<String> words = new ArrayList<>();
        words.add(flags.contains(AccessFlag.PUBLIC) ? "public" : "protected");
        if (kind == Kind.CLASS && nested != null && flags.contains(AccessFlag.STATIC)) {
            words.add("static");
        }
        if (kind == Kind.CLASS && flags.contains(AccessFlag.ABSTRACT)) {
            words.add("abstract");
        }
        if (kind != Kind.ENUM
                && model.findAttribute(Attributes.permittedSubclasses()).isPresent()) {
            words.add("sealed");
        }
        if (kind == Kind.CLASS && flags.contains(AccessFlag.FINAL)) {
            words.add("final");
        }
        return words;
    }

    private List<String> permits() {
        Set<String> names = new TreeSet<>();
        if (kind != Kind.ENUM) {
            model.findAttribute(Attributes.permittedSubclasses()).stream()
                    .flatMap(attribute -> attribute.permittedSubclasses().stream())
                    .map(ClassEntry::asInternalName)
                    .map(name -> hidden.test(name) ? TypeDeclaration.HIDDEN : SignaturePrinter.readable(name))
                    .forEach(names::add);
        }
        return List.copyOf(names);
    }

    private List<String> components() {
        return model.findAttribute(Attributes.record()).stream()
                .flatMap(attribute -> attribute.components().stream())
                .map(DeclarationReader::component)
                .toList();
    }

    private static String component(RecordComponentInfo component) {
        Signature type = component
                .findAttribute(Attributes.signature())
                .map(attribute -> attribute.asTypeSignature())
                .orElseGet(() -> Signature.of(component.descriptorSymbol()));
        return new SignaturePrinter(component).print(type, isTarget(TargetInfo.TARGET_FIELD)) + " "
                + component.name().stringValue();
    }

    private boolean isVisible(Set<AccessFlag> flags, TypeDeclaration declared) {
        if (flags.contains(AccessFlag.SYNTHETIC)) {
            return false;
        }
        boolean inherited = declared.kind() == Kind.CLASS && !declared.is("final");
        return flags.contains(AccessFlag.PUBLIC) || (flags.contains(AccessFlag.PROTECTED) && inherited);
    }

    private static boolean isImplied(Member member, TypeDeclaration declared) {
        String key = member.key(Map.of());
        return (declared.kind() == Kind.ENUM && member.is("static") && ENUMS.contains(key))
                || (OBJECTS.contains(key)
                        && (declared.kind() != Kind.CLASS || !(member.is("abstract") || member.is("final"))));
    }

    private Member field(FieldModel field) {
        Set<AccessFlag> flags = field.flags().flags();
        String name = field.fieldName().stringValue();
        if (flags.contains(AccessFlag.ENUM)) {
            return new Member(
                    Member.Form.CONSTANT, annotations(field), List.of(), "", "", name, List.of(), List.of(), "");
        }
        Signature type = field.findAttribute(Attributes.signature())
                .map(attribute -> attribute.asTypeSignature())
                .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
        String text = new SignaturePrinter(field).print(type, isTarget(TargetInfo.TARGET_FIELD));
        String value = field.findAttribute(Attributes.constantValue())
                .map(attribute -> Constants.print(attribute.constant().constantValue(), text))
                .orElse("");
        List<String> modifiers = modifiers(flags);
        return new Member(
                Member.Form.FIELD, annotations(field), modifiers, "", text, name, List.of(), List.of(), value);
    }

    private Member method(MethodModel method, String simpleName) {
        MethodSignature signature = method.findAttribute(Attributes.signature())
                .map(attribute -> attribute.asMethodSignature())
                .orElseGet(() -> MethodSignature.of(method.methodTypeSymbol()));
        SignaturePrinter printer = new SignaturePrinter(method);
        List<String> parameters = new ArrayList<>();
        for (Signature parameter : signature.arguments()) {
            int index = parameters.size();
            parameters.add(printer.print(
                    parameter,
                    place -> place instanceof FormalParameterTarget target && target.formalParameterIndex() == index));
        }
        if (method.flags().has(AccessFlag.VARARGS)) {
            String last = parameters.removeLast();
            parameters.add(last.substring(0, last.length() - "[]".length()) + "...");
        }
        boolean constructor = method.methodName().equalsString("<init>");
        return new Member(
                constructor ? Member.Form.CONSTRUCTOR : Member.Form.METHOD,
                annotations(method),
                modifiers(method),
                printer.print(signature.typeParameters(), true),
                constructor ? "" : printer.print(signature.result(), isTarget(TargetInfo.TARGET_METHOD_RETURN)),
                constructor ? simpleName : method.methodName().stringValue(),
                parameters,
                thrown(method, signature, printer),
                "");
    }

    private static List<String> thrown(MethodModel method, MethodSignature signature, SignaturePrinter printer) {
        List<String> thrown = new ArrayList<>();
        for (Signature.ThrowableSig type : signature.throwableSignatures()) {
            int index = thrown.size();
            thrown.add(printer.print(
                    type, place -> place instanceof ThrowsTarget target && target.throwsTargetIndex() == index));
        }
        if (thrown.isEmpty()) {
            // A generic method mentions them in its signature only if one is generic itself.
            method.findAttribute(Attributes.exceptions()).stream()
                    .flatMap(attribute -> attribute.exceptions().stream())
                    .map(type -> SignaturePrinter.readable(type.asInternalName()))
                    .forEach(thrown::add);
        }
        return thrown;
    }

    private static List<String> modifiers(Set<AccessFlag> flags) {
        List<String> words = new ArrayList<>();
        words.add(flags.contains(AccessFlag.PUBLIC) ? "public" : "protected");
        if (flags.contains(AccessFlag.STATIC)) {
            words.add("static");
        }
        if (flags.contains(AccessFlag.FINAL)) {
            words.add("final");
        }
        return words;
    }

    private List<String> modifiers(MethodModel method) {
        Set<AccessFlag> flags = method.flags().flags();
        List<String> words = modifiers(flags);
        boolean defaulted = kind == Kind.ANNOTATION
                ? method.findAttribute(Attributes.annotationDefault()).isPresent()
                : kind == Kind.INTERFACE && !flags.contains(AccessFlag.ABSTRACT) && !flags.contains(AccessFlag.STATIC);
        if (defaulted) {
            words.add(1, "default");
        }
        if (flags.contains(AccessFlag.ABSTRACT)) {
            words.add(1, "abstract");
        }
        return words;
    }

    private static Predicate<TargetInfo> isTarget(int type) {
        return place -> place.targetType().targetTypeValue() == type;
    }
}
