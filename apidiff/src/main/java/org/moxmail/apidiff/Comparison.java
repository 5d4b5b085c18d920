package org.moxmail.apidiff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.moxmail.apidiff.Api.ExportedType;
import org.moxmail.apidiff.Change.Verdict;

/**
 * Tells what happened between two states of a library's API, and whom it breaks.
 *
 * <p>There are two kinds of users: those who call, and those who extend classes and implement interfaces. A method that is new
 * in an interface hurts only the latter, and only where they may implement it: a sealed interface may grow. What compiled users
 * run into is called incompatible (JLS chapter 13); what they meet when they compile again, or when their nullness is checked
 * again, is called source-incompatible. When in doubt a change counts as one that breaks.
 */
final class Comparison {
    private final Hierarchy before;
    private final Hierarchy after;
    private final List<Change> changes = new ArrayList<>();

    private Comparison(Hierarchy before, Hierarchy after) {
        this.before = before;
        this.after = after;
    }

    /** Compares libraries that stand alone. */
    static List<Change> compare(Api before, Api after) {
        return compare(before, after, before, after);
    }

    /** Compares one library; the others, which have classes above and below its own, are in the last two with it. */
    static List<Change> compare(Api before, Api after, Api allBefore, Api allAfter) {
        Comparison comparison = new Comparison(new Hierarchy(allBefore), new Hierarchy(allAfter));
        comparison.statements(before.statements(), after.statements());
        comparison.packages(before, after);
        comparison.types(before, after);
        comparison.changes.sort(Comparator.comparing(Change::verdict)
                .reversed()
                .thenComparing(Change::place)
                .thenComparing(Change::text));
        return comparison.changes;
    }

    private void add(Verdict verdict, String place, String text) {
        changes.add(new Change(verdict, place, text));
    }

    private void statements(NavigableSet<String> old, NavigableSet<String> now) {
        old.stream()
                .filter(line -> !now.contains(line))
                .forEach(line -> add(Verdict.INCOMPATIBLE, "module-info", "removed " + line));
        now.stream()
                .filter(line -> !old.contains(line))
                .forEach(line -> add(Verdict.COMPATIBLE, "module-info", "new " + line));
    }

    private void packages(Api old, Api now) {
        old.packages().forEach((name, annotations) -> {
            String marked = now.packages().get(name);
            if (marked == null) {
                add(Verdict.INCOMPATIBLE, name, "removed package");
            } else if (!marked.equals(annotations)) {
                add(Verdict.SOURCE, name, "annotations were '" + annotations + "', are '" + marked + "'");
            }
        });
        now.packages().keySet().stream()
                .filter(name -> !old.packages().containsKey(name))
                .forEach(name -> add(Verdict.COMPATIBLE, name, "new package"));
    }

    private void types(Api old, Api now) {
        Set<String> reported = new HashSet<>();
        old.packages().keySet().stream()
                .filter(name -> !now.packages().containsKey(name))
                .forEach(reported::add);
        // In the order of names, in which a nested class comes behind the one around it.
        old.types().forEach((name, type) -> {
            ExportedType counterpart = now.types().get(name);
            if (counterpart != null) {
                type(type, counterpart);
            } else if (reported.contains(type.declaration().outer())) {
                reported.add(name);
            } else {
                reported.add(name);
                add(Verdict.INCOMPATIBLE, name, "removed " + type.declaration().print());
            }
        });
        now.types().forEach((name, type) -> {
            if (!old.types().containsKey(name)) {
                add(Verdict.COMPATIBLE, name, "new " + type.declaration().print());
            }
        });
    }

    private void type(ExportedType old, ExportedType now) {
        TypeDeclaration was = old.declaration();
        TypeDeclaration is = now.declaration();
        if (was.kind() != is.kind()) {
            add(
                    Verdict.INCOMPATIBLE,
                    was.name(),
                    "was " + was.kind().word() + ", is " + is.kind().word());
            return;
        }
        modifiers(old, now);
        generics(was, is);
        supertypes(old, now);
        permits(was, is);
        annotations(was.name(), was.annotations(), is.annotations());
        new MemberComparison(before, after, old, now).compare(changes::add);
    }

    private void modifiers(ExportedType old, ExportedType now) {
        TypeDeclaration was = old.declaration();
        TypeDeclaration is = now.declaration();
        boolean constructed =
                old.members().values().stream().anyMatch(member -> member.form() == Member.Form.CONSTRUCTOR);
        for (String word : List.of("public", "protected", "static", "abstract", "sealed", "final")) {
            if (was.is(word) == is.is(word)) {
                continue;
            }
            boolean added = is.is(word);
            Verdict verdict = switch (word) {
                case "public", "static" -> added && word.equals("public") ? Verdict.COMPATIBLE : Verdict.INCOMPATIBLE;
                case "abstract" -> added && constructed ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE;
                // A switch over it that had a case for each of its subclasses needs another one now.
                case "sealed" ->
                    added ? (old.extensible() ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE) : Verdict.SOURCE;
                case "final" -> added && old.extensible() ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE;
                default -> Verdict.COMPATIBLE;
            };
            add(verdict, was.name(), added ? "is " + word + " now" : "is no longer " + word);
        }
    }

    private void generics(TypeDeclaration was, TypeDeclaration is) {
        if (!was.typeParameters().equals(is.typeParameters())) {
            add(
                    Verdict.SOURCE,
                    was.name(),
                    "type parameters were " + orNone(was.typeParameters()) + ", are " + orNone(is.typeParameters()));
        }
        // Their nullness is compared with the accessors and the constructor, which have it too.
        List<String> components =
                was.components().stream().map(TypeText::withoutAnnotations).toList();
        List<String> now =
                is.components().stream().map(TypeText::withoutAnnotations).toList();
        if (!components.equals(now)) {
            add(
                    Verdict.SOURCE,
                    was.name(),
                    "record components were (" + String.join(", ", components) + "), are (" + String.join(", ", now)
                            + "), which breaks patterns");
        }
    }

    private void supertypes(ExportedType old, ExportedType now) {
        String name = old.declaration().name();
        Set<String> known = before.upwards(name);
        for (String supertype : old.declaration().supertypes()) {
            String erased = TypeText.erase(supertype, Map.of());
            if (!after.isSubtype(name, erased)) {
                add(Verdict.INCOMPATIBLE, name, "is no longer a " + supertype);
            } else if (now.declaration().supertypes().stream()
                    .anyMatch(other -> TypeText.erase(other, Map.of()).equals(erased) && !other.equals(supertype))) {
                add(Verdict.SOURCE, name, "type arguments of " + supertype + " changed");
            }
        }
        for (String supertype : now.declaration().supertypes()) {
            String erased = TypeText.erase(supertype, Map.of());
            if (known.contains(erased) || before.isSubtype(name, erased)) {
                continue;
            }
            boolean open = old.declaration().kind() == TypeDeclaration.Kind.INTERFACE
                    || old.declaration().is("abstract");
            boolean asks = after.type(erased).isEmpty()
                    ? Platform.asksForMethods(erased)
                    : after.upwards(erased).stream()
                            .flatMap(above -> after.type(above).stream())
                            .flatMap(type -> type.members().entrySet().stream())
                            .anyMatch(entry -> entry.getValue().is("abstract")
                                    && before.members(name, entry.getKey(), any -> true)
                                            .findAny()
                                            .isEmpty()
                                    && after.members(name, entry.getKey(), member -> !member.is("abstract"))
                                            .findAny()
                                            .isEmpty());
            add(
                    open && old.extensible() && asks ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE,
                    name,
                    "is a " + supertype + " now");
        }
    }

    private void permits(TypeDeclaration was, TypeDeclaration is) {
        if (!was.is("sealed") || !is.is("sealed")) {
            return;
        }
        Set<String> added = new TreeSet<>(is.permits());
        was.permits().forEach(added::remove);
        // Nobody could name them all before, so nobody's switch had them all.
        boolean open = was.permits().contains(TypeDeclaration.HIDDEN);
        added.forEach(name -> add(
                open ? Verdict.COMPATIBLE : Verdict.SOURCE,
                was.name(),
                "permits " + name + " now, which breaks a switch without default"));
    }

    private void annotations(String name, List<String> were, List<String> are) {
        if (!were.equals(are)) {
            add(annotationVerdict(were, are), name, "annotations were " + were + ", are " + are);
        }
    }

    static Verdict annotationVerdict(List<String> were, List<String> are) {
        Set<String> different = new HashSet<>(were);
        are.stream().filter(annotation -> !different.remove(annotation)).forEach(different::add);
        return different.stream().anyMatch(annotation -> annotation.contains("Null"))
                ? Verdict.SOURCE
                : Verdict.COMPATIBLE;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
