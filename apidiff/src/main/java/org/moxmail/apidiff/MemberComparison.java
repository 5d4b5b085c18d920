package org.moxmail.apidiff;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.moxmail.apidiff.Api.ExportedType;
import org.moxmail.apidiff.Change.Verdict;
import org.moxmail.apidiff.Member.Form;

/** Compares the members of two states of one class. */
final class MemberComparison {
    private final Hierarchy before;
    private final Hierarchy after;
    private final ExportedType old;
    private final ExportedType now;
    private final String name;

    MemberComparison(Hierarchy before, Hierarchy after, ExportedType old, ExportedType now) {
        this.before = before;
        this.after = after;
        this.old = old;
        this.now = now;
        this.name = old.declaration().name();
    }

    void compare(Consumer<Change> changes) {
        old.members().forEach((key, member) -> {
            Member counterpart = now.members().get(key);
            if (counterpart == null) {
                changes.accept(removed(key, member));
            } else {
                new Pair(key, member, counterpart, changes).compare();
            }
        });
        now.members().forEach((key, member) -> {
            if (!old.members().containsKey(key)) {
                changes.accept(added(key, member));
            }
        });
    }

    private Change removed(String key, Member member) {
        boolean above = member.form() != Form.CONSTRUCTOR
                && (after.members(name, key, any -> true).findAny().isPresent()
                        || (member.form() == Form.METHOD
                                && !member.is("static")
                                && after.hasFromPlatform(name, member)));
        if (above) {
            boolean asks = old.extensible()
                    && !member.is("abstract")
                    && after.members(name, key, inherited -> !inherited.is("abstract"))
                            .findAny()
                            .isEmpty()
                    && !after.hasFromPlatform(name, member);
            return new Change(
                    asks ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE,
                    place(key),
                    "is inherited only, was " + member.print());
        }
        boolean outOfReach = member.is("protected") && !old.extensible();
        return new Change(
                outOfReach ? Verdict.COMPATIBLE : Verdict.INCOMPATIBLE, place(key), "removed " + member.print());
    }

    private Change added(String key, Member member) {
        if (member.form() == Form.CONSTANT) {
            return new Change(
                    Verdict.SOURCE, place(key), "new " + member.print() + ", which breaks a switch without default");
        }
        if (member.is("abstract") && old.declaration().kind() == TypeDeclaration.Kind.ANNOTATION) {
            return new Change(Verdict.SOURCE, place(key), "new without a default: " + member.print());
        }
        boolean asks = member.is("abstract")
                && after.downwards(name)
                        .anyMatch(type -> mustImplement(type.declaration().name(), key));
        return new Change(
                asks ? Verdict.INCOMPATIBLE : Verdict.COMPATIBLE,
                place(key),
                "new " + member.print() + (asks ? ", which those who implement " + name + " don't have" : ""));
    }

    /** Whether users who implement, or extend, this have to write a method that they didn't have to before. */
    private boolean mustImplement(String type, String key) {
        return before.type(type).filter(ExportedType::extensible).isPresent()
                && before.members(type, key, any -> true).findAny().isEmpty()
                && after.members(type, key, member -> !member.is("abstract"))
                        .findAny()
                        .isEmpty();
    }

    private String place(String key) {
        return name + "." + key;
    }

    /** A member that both states have. */
    private final class Pair {
        private final String key;
        private final Member was;
        private final Member is;
        private final Consumer<Change> changes;
        private final boolean overridable;

        Pair(String key, Member was, Member is, Consumer<Change> changes) {
            this.key = key;
            this.was = was;
            this.is = is;
            this.changes = changes;
            this.overridable = was.form() == Form.METHOD && old.extensible() && !was.is("static") && !was.is("final");
        }

        void compare() {
            if (was.equals(is)) {
                return;
            }
            modifiers();
            type();
            for (int index = 0; index < was.parameters().size(); index++) {
                parameter(was.parameters().get(index), is.parameters().get(index));
            }
            if (!was.typeParameters().equals(is.typeParameters())) {
                add(Verdict.SOURCE, "type parameters changed");
            }
            thrown();
            value();
            if (!was.annotations().equals(is.annotations())) {
                add(
                        Comparison.annotationVerdict(was.annotations(), is.annotations()),
                        "annotations were " + was.annotations() + ", are " + is.annotations());
            }
        }

        private void add(Verdict verdict, String text) {
            changes.accept(new Change(verdict, place(key), text + ": was " + was.print() + ", is " + is.print()));
        }

        private void modifiers() {
            for (String word : List.of("public", "abstract", "default", "static", "final")) {
                if (was.is(word) != is.is(word)) {
                    boolean added = is.is(word);
                    add(modifier(word, added), added ? "is " + word + " now" : "is no longer " + word);
                }
            }
        }

        private Verdict modifier(String word, boolean added) {
            boolean breaks = switch (word) {
                // Public again, a method can't be overridden by one that is protected.
                case "public" -> !added;
                case "abstract" -> added && (overridable || was.is("default"));
                case "static" -> true;
                case "final" -> added && (was.form() == Form.FIELD || overridable);
                case "default" -> !added && old.declaration().kind() == TypeDeclaration.Kind.ANNOTATION;
                default -> false;
            };
            if (breaks) {
                return Verdict.INCOMPATIBLE;
            }
            return word.equals("public") && overridable ? Verdict.SOURCE : Verdict.COMPATIBLE;
        }

        private void type() {
            if (was.type().equals(is.type())) {
                return;
            }
            Map<String, String> scope = TypeText.scope(was.typeParameters(), before.scope(old));
            Map<String, String> scopeNow = TypeText.scope(is.typeParameters(), after.scope(now));
            String what = was.form() == Form.FIELD ? "type changed" : "returns something else";
            if (!TypeText.erase(was.type(), scope).equals(TypeText.erase(is.type(), scopeNow))) {
                add(Verdict.INCOMPATIBLE, what);
            } else if (!TypeText.withoutOwnNullness(was.type()).equals(TypeText.withoutOwnNullness(is.type()))) {
                add(Verdict.SOURCE, what);
            } else {
                boolean writable = was.form() == Form.FIELD && !was.is("final");
                boolean better = !TypeText.isNullable(is.type()) && !overridable && !writable;
                add(better ? Verdict.COMPATIBLE : Verdict.SOURCE, "nullness changed");
            }
        }

        private void parameter(String type, String typeNow) {
            if (type.equals(typeNow)) {
                return;
            }
            if (!TypeText.withoutOwnNullness(type).equals(TypeText.withoutOwnNullness(typeNow))) {
                add(Verdict.SOURCE, "takes " + typeNow + " in place of " + type);
            } else if (TypeText.isNullable(type) != TypeText.isNullable(typeNow)) {
                boolean better = TypeText.isNullable(typeNow) && !overridable;
                add(better ? Verdict.COMPATIBLE : Verdict.SOURCE, "nullness of a parameter changed");
            } else {
                boolean better = typeNow.endsWith("...");
                add(better ? Verdict.COMPATIBLE : Verdict.SOURCE, "variable arity changed");
            }
        }

        private void thrown() {
            Set<String> before = erased(was, MemberComparison.this.before, old);
            Set<String> after = erased(is, MemberComparison.this.after, now);
            if (before.equals(after)) {
                return;
            }
            Set<String> different = new TreeSet<>(before);
            after.stream().filter(type -> !different.remove(type)).forEach(different::add);
            boolean checked = different.stream()
                    .anyMatch(type -> MemberComparison.this.before.isChecked(type)
                            || MemberComparison.this.after.isChecked(type));
            add(
                    checked ? Verdict.SOURCE : Verdict.COMPATIBLE,
                    checked ? "checked exceptions changed" : "unchecked exceptions changed");
        }

        private static Set<String> erased(Member member, Hierarchy hierarchy, ExportedType type) {
            Map<String, String> scope = TypeText.scope(member.typeParameters(), hierarchy.scope(type));
            return member.thrown().stream()
                    .map(thrown -> TypeText.erase(thrown, scope))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void value() {
            if (was.value().equals(is.value())) {
                return;
            }
            if (was.value().isEmpty()) {
                add(Verdict.COMPATIBLE, "is a compile-time constant now");
            } else if (is.value().isEmpty()) {
                add(Verdict.SOURCE, "is no compile-time constant any more");
            } else {
                add(Verdict.INCOMPATIBLE, "compiled users keep the old value");
            }
        }
    }
}
