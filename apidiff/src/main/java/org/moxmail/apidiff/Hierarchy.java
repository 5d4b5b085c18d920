package org.moxmail.apidiff;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.moxmail.apidiff.Api.ExportedType;

/** Who is above and below whom in an API: usually that of all libraries, since one has subclasses of another's classes. */
final class Hierarchy {
    private final Api api;

    Hierarchy(Api api) {
        this.api = api;
    }

    Optional<ExportedType> type(String name) {
        return Optional.ofNullable(api.types().get(name));
    }

    Map<String, String> scope(ExportedType type) {
        return api.scope(type.declaration());
    }

    /** The names of the class itself and of all above it, erased. Of foreign ones only the first is among them. */
    Set<String> upwards(String name) {
        Set<String> names = new LinkedHashSet<>();
        collect(name, names);
        return names;
    }

    private void collect(String name, Set<String> names) {
        if (names.add(name)) {
            type(name).stream()
                    .flatMap(type -> type.declaration().supertypes().stream())
                    .forEach(above -> collect(TypeText.erase(above, Map.of()), names));
        }
    }

    boolean isSubtype(String name, String supertype) {
        return supertype.equals("Object")
                || upwards(name).stream()
                        .anyMatch(above -> above.equals(supertype) || Platform.isSubtype(above, supertype));
    }

    boolean isChecked(String exception) {
        return upwards(exception).stream().filter(name -> type(name).isEmpty()).allMatch(Platform::isChecked);
    }

    /** The members of that key which the class has, its own or from above, as far as they satisfy the condition. */
    Stream<Member> members(String type, String key, Predicate<Member> condition) {
        return upwards(type).stream()
                .flatMap(name -> type(name).stream())
                .map(above -> above.members().get(key))
                .filter(member -> member != null && condition.test(member));
    }

    /** Whether a class has that method from a class of the JDK. */
    boolean hasFromPlatform(String type, Member method) {
        return Stream.concat(upwards(type).stream(), Stream.of("Object"))
                .filter(name -> type(name).isEmpty())
                .anyMatch(name -> Platform.hasMethod(
                        name, method.name(), method.parameters().size()));
    }

    /** The class itself and all below it. */
    Stream<ExportedType> downwards(String name) {
        return api.types().values().stream()
                .filter(type -> upwards(type.declaration().name()).contains(name));
    }
}
