package org.moxmail.apidiff;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of the JDK's own classes: those that run this program. A name that isn't one of them has no answer. */
final class Platform {
    private Platform() {}

    /** The class of a name without type arguments, in which nested classes follow a dot. */
    static Optional<Class<?>> find(String name) {
        String qualified = name.matches("[^a-z].*") ? "java.lang." + name : name;
        while (true) {
            try {
                return Optional.of(Class.forName(qualified, false, ClassLoader.getPlatformClassLoader()));
            } catch (ClassNotFoundException e) {
                int dot = qualified.lastIndexOf('.');
                // Perhaps the last dot is one before a nested class, whose name begins with a capital, as its outer
                // one's does.
                int before = dot < 0 ? -1 : qualified.lastIndexOf('.', dot - 1);
                if (before < 0 || !Character.isUpperCase(qualified.charAt(before + 1))) {
                    return Optional.empty();
                }
                qualified = qualified.substring(0, dot) + "$" + qualified.substring(dot + 1);
            }
        }
    }

    static boolean isSubtype(String name, String supertype) {
        Optional<Class<?>> above = find(supertype);
        return above.isPresent()
                && find(name).filter(above.get()::isAssignableFrom).isPresent();
    }

    /** Whether who throws this has to say so; a class that isn't known has. */
    static boolean isChecked(String name) {
        return find(name)
                .map(type -> !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type))
                .orElse(true);
    }

    /** Whether a class or interface has an accessible method of this name with so many parameters. */
    static boolean hasMethod(String type, String name, int parameters) {
        return find(type).stream()
                .flatMap(Platform::methods)
                .anyMatch(method -> method.getName().equals(name) && method.getParameterCount() == parameters);
    }

    /** Whether one who implements the interface, or extends the class, has to write a method; assumed where it isn't known. */
    static boolean asksForMethods(String type) {
        return find(type)
                .map(found -> Arrays.stream(found.getMethods())
                        .anyMatch(method -> Modifier.isAbstract(method.getModifiers())))
                .orElse(true);
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
    }
}
