package org.moxmail.apidiff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a library exports, or several together.
 *
 * @param statements what the module's descriptor promises beside its packages: {@code module NAME}, {@code requires transitive
 *     NAME}, {@code provides SERVICE}
 * @param packages the exported ones with their annotations
 * @param types by qualified name
 */
record Api(
        NavigableSet<String> statements,
        NavigableMap<String, String> packages,
        NavigableMap<String, ExportedType> types) {
    private static final List<String> STATEMENTS = List.of("module ", "requires ", "provides ");
    private static final String PACKAGE = "package ";
    private static final String HEAD = ": ";

    /** A class and its members, these by what tells them apart at run time. */
    record ExportedType(TypeDeclaration declaration, Map<String, Member> members) {
        /** Whether users can have classes of their own that are one of these. */
        boolean extensible() {
            return switch (declaration.kind()) {
                case INTERFACE -> !declaration.is("sealed");
                case CLASS ->
                    !declaration.is("sealed")
                            && !declaration.is("final")
                            && members.values().stream().anyMatch(member -> member.form() == Member.Form.CONSTRUCTOR);
                case ENUM, RECORD, ANNOTATION -> false;
            };
        }
    }

    static Api empty() {
        return new Api(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
    }

    static Api together(Collection<Api> apis) {
        Api all = empty();
        for (Api api : apis) {
            all.statements.addAll(api.statements);
            all.packages.putAll(api.packages);
            all.types.putAll(api.types);
        }
        return all;
    }

    /** The lines of a dump: the descriptor, the packages, and then class by class. */
    List<String> print() {
        List<String> lines = new ArrayList<>(statements);
        packages.forEach((name, annotations) -> lines.add((PACKAGE + name + " " + annotations).strip()));
        Comparator<Member> order = Comparator.comparing(Member::form)
                .thenComparing(Member::name)
                .thenComparingInt(member -> member.parameters().size())
                .thenComparing(Member::print);
        for (ExportedType type : types.values()) {
            String head = type.declaration().name() + HEAD;
            lines.add(head + type.declaration().print());
            type.members().values().stream().sorted(order).forEach(member -> lines.add(head + member.print()));
        }
        return lines;
    }

    static Api parse(List<String> lines) {
        Api api = empty();
        Map<String, TypeDeclaration> declarations = new LinkedHashMap<>();
        Map<String, List<Member>> members = new HashMap<>();
        for (String line : lines) {
            if (STATEMENTS.stream().anyMatch(line::startsWith)) {
                api.statements.add(line);
            } else if (line.startsWith(PACKAGE)) {
                String[] words = line.split(" ", 3);
                api.packages.put(words[1], words.length < 3 ? "" : words[2]);
            } else {
                int colon = line.indexOf(HEAD);
                if (colon < 0) {
                    throw new IllegalArgumentException("not a line of a dump: " + line);
                }
                String name = line.substring(0, colon);
                String text = line.substring(colon + HEAD.length());
                if (TypeDeclaration.isTypeLine(text)) {
                    declarations.put(name, TypeDeclaration.parse(name, text));
                } else {
                    members.computeIfAbsent(name, key -> new ArrayList<>()).add(Member.parse(text));
                }
            }
        }
        declarations
                .values()
                .forEach(declaration ->
                        api.add(declaration, members.getOrDefault(declaration.name(), List.of()), declarations));
        members.keySet().stream()
                .filter(name -> !declarations.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("members without their class: " + name);
                });
        return api;
    }

    /** Adds a class; the declarations are those of the classes around nested ones. */
    void add(TypeDeclaration declaration, List<Member> members, Map<String, TypeDeclaration> declarations) {
        Map<String, String> scope = scope(declaration, declarations);
        Map<String, Member> keyed = new LinkedHashMap<>();
        members.forEach(member -> keyed.put(member.key(scope), member));
        types.put(declaration.name(), new ExportedType(declaration, keyed));
    }

    /** The type variables that a class's members may use, with what they are erased to. */
    Map<String, String> scope(TypeDeclaration declaration) {
        Map<String, TypeDeclaration> around = new HashMap<>();
        for (ExportedType outer = types.get(declaration.outer()); outer != null; ) {
            around.put(outer.declaration().name(), outer.declaration());
            outer = types.get(outer.declaration().outer());
        }
        return scope(declaration, around);
    }

    private static Map<String, String> scope(TypeDeclaration declaration, Map<String, TypeDeclaration> declarations) {
        TypeDeclaration outer = declarations.get(declaration.outer());
        Map<String, String> around = outer == null ? Map.of() : scope(outer, declarations);
        return TypeText.scope(declaration.typeParameters(), around);
    }
}
