package org.moxmail.apidiff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exported API from class files: the public classes of the packages that the module exports to all, with their
 * public and protected members. Without a module descriptor all packages are exported, as the Java machine sees it too.
 * A public class that inherits from one that users can't name has that one's public members as its own.
 */
final class ApiReader {
    private final Map<String, ClassModel> classes = new TreeMap<>();
    private final Map<String, InnerClassInfo> nested = new HashMap<>();
    private @Nullable ModuleAttribute module;

    private ApiReader() {}

    /** Reads a directory of classes or a jar. */
    static Api read(Path classes) throws IOException {
        ApiReader reader = new ApiReader();
        if (Files.isDirectory(classes)) {
            reader.load(classes);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                reader.load(jar.getPath("/"));
            }
        }
        return reader.api();
    }

    private void load(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !root.relativize(file).startsWith("META-INF"))
                    .forEach(this::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(Path file) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<ModuleAttribute> descriptor = model.findAttribute(Attributes.module());
        if (descriptor.isPresent()) {
            module = descriptor.get();
            return;
        }
        String name = model.thisClass().asInternalName();
        classes.put(name, model);
        model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(attribute -> attribute.classes().stream())
                .filter(info -> info.innerClass().asInternalName().equals(name))
                .forEach(info -> nested.put(name, info));
    }

    private Api api() {
        Api api = Api.empty();
        describe(api);
        List<ClassModel> visible =
                classes.values().stream().filter(this::isVisible).toList();
        Map<String, TypeDeclaration> declarations = new HashMap<>();
        Map<String, DeclarationReader> readers = new HashMap<>();
        for (ClassModel model : visible) {
            DeclarationReader reader =
                    new DeclarationReader(model, nested.get(model.thisClass().asInternalName()), this::isHidden);
            TypeDeclaration declaration = reader.declaration(hiddenAbove(model));
            declarations.put(declaration.name(), declaration);
            readers.put(declaration.name(), reader);
            api.packages().putIfAbsent(dotted(packageOf(model.thisClass().asInternalName())), "");
        }
        api.packages().replaceAll((name, none) -> packageAnnotations(name));
        readers.forEach((name, reader) -> {
            TypeDeclaration declaration = declarations.get(name);
            if (declaration != null) {
                List<Member> members = new ArrayList<>();
                for (ClassModel hidden : hiddenAbove(reader.model())) {
                    new DeclarationReader(hidden, null, this::isHidden)
                            .members(declaration).stream()
                                    .filter(member -> member.form() != Member.Form.CONSTRUCTOR)
                                    .forEach(members::add);
                }
                // The class's own come last: they win over what they override.
                members.addAll(reader.members(declaration));
                api.add(declaration, members, declarations);
            }
        });
        return api;
    }

    private void describe(Api api) {
        if (module == null) {
            return;
        }
        api.statements().add("module " + module.moduleName().name().stringValue());
        module.requires().stream()
                .filter(required -> required.has(AccessFlag.TRANSITIVE))
                .map(required ->
                        (required.has(AccessFlag.STATIC_PHASE) ? "requires static transitive " : "requires transitive ")
                                + required.requires().name().stringValue())
                .forEach(api.statements()::add);
        module.provides().stream()
                .map(provided -> "provides "
                        + SignaturePrinter.readable(provided.provides().asInternalName()))
                .forEach(api.statements()::add);
    }

    private String packageAnnotations(String name) {
        ClassModel info = classes.get(name.replace('.', '/') + "/package-info");
        return info == null ? "" : String.join(" ", DeclarationReader.annotations(info));
    }

    /** The classes and interfaces above this one that users can't name, the nearest last. */
    private List<ClassModel> hiddenAbove(ClassModel model) {
        List<ClassModel> hidden = new ArrayList<>();
        List<String> above = new ArrayList<>();
        model.interfaces().forEach(type -> above.add(type.asInternalName()));
        model.superclass().ifPresent(type -> above.add(type.asInternalName()));
        for (String name : above) {
            ClassModel supertype = classes.get(name);
            if (supertype != null && !isVisible(supertype)) {
                hidden.addAll(hiddenAbove(supertype));
                hidden.add(supertype);
            }
        }
        return hidden;
    }

    /** Whether this is a class of the library which its users can't name. */
    private boolean isHidden(String internalName) {
        ClassModel model = classes.get(internalName);
        return model != null && !isVisible(model);
    }

    private boolean isVisible(ClassModel model) {
        String name = model.thisClass().asInternalName();
        if (name.endsWith("package-info") || !isExported(packageOf(name))) {
            return false;
        }
        InnerClassInfo info = nested.get(name);
        if (info == null) {
            return model.flags().has(AccessFlag.PUBLIC);
        }
        ClassModel outer = info.outerClass().isEmpty()
                ? null
                : classes.get(info.outerClass().get().asInternalName());
        return outer != null
                && (info.has(AccessFlag.PUBLIC)
                        || (info.has(AccessFlag.PROTECTED) && !outer.flags().has(AccessFlag.FINAL)))
                && isVisible(outer);
    }

    private boolean isExported(String packageName) {
        return module == null
                || module.exports().stream()
                        .anyMatch(export -> export.exportsTo().isEmpty()
                                && export.exportedPackage().name().stringValue().equals(packageName));
    }

    private static String packageOf(String internalName) {
        return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
