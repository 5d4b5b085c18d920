package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiReaderTest {
    private static final Map<String, String> LIBRARY = Map.of(
            "module-info.java",
            """
            module lib {
                requires transitive java.sql;
                requires static transitive org.jspecify;
                requires java.logging;
                exports a;
                exports b to java.sql;
                provides Runnable with c.Provided;
            }
            """,
            "a/package-info.java",
            "@NullMarked package a; import org.jspecify.annotations.NullMarked;",
            "b/ForAFriend.java",
            "package b; public class ForAFriend {}",
            "c/Provided.java",
            "package c; public class Provided implements Runnable { public void run() {} }",
            "a/File.java",
            """
            package a;
            import java.util.*;
            import java.util.function.*;
            import org.jspecify.annotations.Nullable;
            public abstract class C<T extends Comparable<? super T> & Runnable> extends Hidden<T> implements Function<T, List<?>> {
                public static final String TEXT = "a\\"\\u00e9\\n";
                public static final char MARK = '\\'';
                public static final boolean YES = true;
                public static final long LONG = 1L << 40;
                public static final Object NO_CONSTANT = "";
                protected @Nullable T field;
                private int secret;
                protected C(int... numbers) {}
                C() {}
                protected abstract <X extends Exception> Map<String, ? extends @Nullable List<X>> m(
                    Map.Entry<T, int[][]> entry, @Nullable String @Nullable [] names) throws X, java.io.IOException;
                public List<?> apply(T t) { return List.of(); }
                public String toString() { return ""; }
                void internal() {}
                public class Inner { public Inner(T of) {} }
                protected static final class Nested { protected void unreachable() {} public void reachable() {} }
                private static class Secret {}
            }
            abstract class Hidden<T> implements Named { public final void inherited() {} public String name() { return ""; } }
            interface Named extends AutoCloseable { String name(); default void close() {} }
            public sealed interface Shape permits Circle, Square, Blob {
                int SIDES = 4;
                static Shape of() { return new Square(1, null); }
                default void draw() {}
                double area();
            }
            """ + """
            class Blob implements Shape { public double area() { return 0; } }
            """.replace("class", "final class"),
            "a/Circle.java",
            "package a; public final class Circle implements Shape { public double area() { return 0; } }",
            "a/Square.java",
            """
            package a;
            public record Square(int side, @org.jspecify.annotations.Nullable String name) implements Shape {
                public double area() { return side; }
            }
            """,
            "a/Colour.java",
            """
            package a;
            public enum Colour { RED, @Deprecated(forRemoval = true) GREEN { @Override public int code() { return 2; } };
                public int code() { return 1; }
            }
            """,
            "a/Marker.java",
            "package a; public @interface Marker { int value() default 1; String[] names(); }");

    private static final String DUMP = """
            module lib
            provides Runnable
            requires static transitive org.jspecify
            requires transitive java.sql
            package a @NullMarked
            a.C: public abstract class C<T extends Comparable<? super T> & Runnable> implements java.util.function.Function<T, java.util.List<?>>, AutoCloseable
            a.C: public static final long LONG = 1099511627776L
            a.C: public static final char MARK = '\\''
            a.C: public static final Object NO_CONSTANT
            a.C: public static final String TEXT = "a\\"\\u00e9\\n"
            a.C: public static final boolean YES = true
            a.C: protected @Nullable T field
            a.C: protected C(int...)
            a.C: public java.util.List<?> apply(T)
            a.C: public default void close()
            a.C: public final void inherited()
            a.C: protected abstract <X extends Exception> java.util.Map<String, ? extends @Nullable java.util.List<X>> m(java.util.Map.Entry<T, int[][]>, @Nullable String @Nullable []) throws X, java.io.IOException
            a.C: public String name()
            a.C.Inner: public class Inner
            a.C.Inner: public Inner(T)
            a.C.Nested: protected static final class Nested
            a.C.Nested: public void reachable()
            a.Circle: public final class Circle implements a.Shape
            a.Circle: public Circle()
            a.Circle: public double area()
            a.Colour: public enum Colour
            a.Colour: @Deprecated(forRemoval) constant GREEN
            a.Colour: constant RED
            a.Colour: public int code()
            a.Marker: public @interface Marker
            a.Marker: public abstract String[] names()
            a.Marker: public abstract default int value()
            a.Shape: public sealed interface Shape permits (hidden), a.Circle, a.Square
            a.Shape: public static final int SIDES = 4
            a.Shape: public abstract double area()
            a.Shape: public default void draw()
            a.Shape: public static a.Shape of()
            a.Square: public record Square(int side, @Nullable String name) implements a.Shape
            a.Square: public Square(int, @Nullable String)
            a.Square: public double area()
            a.Square: public @Nullable String name()
            a.Square: public int side()
            """;

    @TempDir
    Path scratch = Path.of("");

    @Test
    void aDumpHasWhatUsersCanNameAndNothingElse() throws IOException {
        assertEquals(DUMP, String.join("\n", Compiled.api(scratch, LIBRARY).print()) + "\n");
    }

    @Test
    void whatIsPrintedReadsBackEqual() throws IOException {
        Api api = Compiled.api(scratch, LIBRARY);
        assertEquals(api, Api.parse(api.print()));
        List<String> shuffled = new ArrayList<>(api.print());
        Collections.reverse(shuffled);
        assertEquals(api.print(), Api.parse(shuffled).print());
    }

    @Test
    void aJarExportsWhatItsClassesDo() throws IOException {
        Path classes = Compiled.classes(scratch, LIBRARY);
        Path jar = scratch.resolve("lib.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
            // A class for newer Java machines only is no API.
            zip.putNextEntry(new ZipEntry("META-INF/versions/25/a/Circle.class"));
            zip.write(Files.readAllBytes(classes.resolve("a/Square.class")));
        }
        assertEquals(ApiReader.read(classes), ApiReader.read(jar));
    }

    @Test
    void withoutADescriptorEachPackageIsExported() throws IOException {
        Api api = Compiled.api(
                scratch,
                Map.of("a/A.java", "package a; public class A {}", "b/B.java", "package b; public class B {}"));
        assertEquals(
                List.of(
                        "package a",
                        "package b",
                        "a.A: public class A",
                        "a.A: public A()",
                        "b.B: public class B",
                        "b.B: public B()"),
                api.print());
    }

    @Test
    void aLineThatIsNoneOfADumpIsRefused() {
        for (String line : List.of(
                "a.C",
                "a.C: public void m(",
                "a.C: public class D",
                "a.C: public void m() and more",
                "a.C: public java.util.List<String f",
                "a.C: public void m()")) {
            assertThrows(IllegalArgumentException.class, () -> Api.parse(List.of(line)), line);
        }
    }

    @Test
    void whatIsNoClassFileIsAnError() throws IOException {
        Files.writeString(scratch.resolve("A.class"), "not a class");
        assertThrows(IllegalArgumentException.class, () -> ApiReader.read(scratch));
        assertThrows(IOException.class, () -> ApiReader.read(scratch.resolve("none.jar")));
    }
}
