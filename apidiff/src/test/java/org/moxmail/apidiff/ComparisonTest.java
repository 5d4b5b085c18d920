package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.apidiff.Change.Verdict;

/**
 * Pairs of sources, old and new, and what the difference means for those who use the old one. Each row is a package of its own,
 * written {@code $}, and all rows are compiled together.
 */
class ComparisonTest {
    private record Row(Verdict verdict, String before, String after, String change) {}

    private static final String LIBRARY = """
            package $;
            import java.io.*;
            import java.util.*;
            import org.jspecify.annotations.*;
            """;

    @TestFactory
    Stream<DynamicTest> eachChangeIsFoundAndJudged(@TempDir Path scratch) throws IOException {
        List<Row> rows = Stream.of(Rows.classes(), Rows.members(), Rows.sources(), Rows.compatible())
                .flatMap(Stream::of)
                .toList();
        Map<String, String> before = new HashMap<>();
        Map<String, String> after = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            before.put("r" + row + "/File.java", (LIBRARY + rows.get(row).before()).replace("$", "r" + row));
            after.put("r" + row + "/File.java", (LIBRARY + rows.get(row).after()).replace("$", "r" + row));
        }
        List<String> old = Compiled.api(scratch, before).print();
        List<String> now = Compiled.api(scratch, after).print();
        List<DynamicTest> tests = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Row expected = rows.get(row);
            String name = "r" + row;
            tests.add(dynamicTest(expected.before() + " -> " + expected.after(), () -> {
                List<Change> changes = Comparison.compare(only(old, name), only(now, name));
                List<String> found = changes.stream()
                        .map(change -> change.print().replace(name + ".", "$.").replace(name + ":", "$:"))
                        .toList();
                String start =
                        new Change(expected.verdict(), "", "").print().replaceFirst(":.*", ": ") + expected.change();
                assertEquals(
                        1,
                        found.stream().filter(line -> line.startsWith(start)).count(),
                        () -> start + "\nin\n" + String.join("\n", found));
                Verdict worst = changes.stream()
                        .map(Change::verdict)
                        .max(Verdict::compareTo)
                        .orElseThrow();
                assertEquals(expected.verdict(), worst, () -> String.join("\n", found));
            }));
        }
        return tests.stream();
    }

    private static Api only(List<String> dump, String name) {
        return Api.parse(dump.stream()
                .filter(line -> line.startsWith(name + ".") || line.equals("package " + name))
                .toList());
    }

    /** The rows. */
    private static final class Rows {
        private static Row row(Verdict verdict, String before, String after, String change) {
            return new Row(verdict, before, after, change);
        }

        private static Row breaks(String before, String after, String change) {
            return row(Verdict.INCOMPATIBLE, before, after, change);
        }

        private static Row source(String before, String after, String change) {
            return row(Verdict.SOURCE, before, after, change);
        }

        private static Row fine(String before, String after, String change) {
            return row(Verdict.COMPATIBLE, before, after, change);
        }

        static Row[] classes() {
            return new Row[] {
                breaks("public class C {}", "class C {}", "$: removed package"),
                breaks("public class C {} public class D {}", "public class C {}", "$.D: removed public class D"),
                breaks(
                        "public class C { public static class N {} }",
                        "public class C { static class N {} }",
                        "$.C.N: removed public static class N"),
                breaks(
                        "public class C { public static class N {} }",
                        "public class C { public class N {} }",
                        "$.C.N: is no longer static"),
                breaks(
                        "public class C { public static class N {} }",
                        "public class C { protected static class N {} }",
                        "$.C.N: is no longer public"),
                breaks("public class C {}", "public final class C {}", "$.C: is final now"),
                breaks("public class C {}", "public abstract class C {}", "$.C: is abstract now"),
                breaks(
                        "public class C {}",
                        "public sealed class C permits D {} final class D extends C {}",
                        "$.C: is sealed now"),
                breaks(
                        "public interface I {}",
                        "public sealed interface I permits D {} final class D implements I {}",
                        "$.I: is sealed now"),
                breaks("public class C {}", "public interface C {}", "$.C: was class, is interface"),
                breaks(
                        "public class C { public void run() {} }",
                        "public record C() { public void run() {} }",
                        "$.C: was class, is record"),
                breaks(
                        "public class C implements Runnable { public void run() {} }",
                        "public class C { public void run() {} }",
                        "$.C: is no longer a Runnable"),
                breaks(
                        "public class B {} public class C extends B {}",
                        "public class B {} public class C {}",
                        "$.C: is no longer a $.B"),
                breaks(
                        "public class X extends IOException {}",
                        "public class X extends RuntimeException {}",
                        "$.X: is no longer a java.io.IOException"),
                breaks("public interface I {}", "public interface I extends Runnable {}", "$.I: is a Runnable now"),
                breaks(
                        "public interface J { void m(); } public interface I {}",
                        "public interface J { void m(); } public interface I extends J {}",
                        "$.I: is a $.J now"),
                breaks(
                        "public record R(int a) {}",
                        "public record R(int a, int b) {}",
                        "$.R.R(int): removed public R(int)"),
                breaks("public record R(int a) {}", "public record R(int b) {}", "$.R.a(): removed public int a()"),
                breaks("public enum E { A, B }", "public enum E { A }", "$.E.B: removed constant B"),
            };
        }

        static Row[] members() {
            return new Row[] {
                breaks(
                        "public class C { public void m() {} }",
                        "public class C { void m() {} }",
                        "$.C.m(): removed public void m()"),
                breaks(
                        "public class C { public void m() {} }",
                        "public class C { protected void m() {} }",
                        "$.C.m(): is no longer public"),
                breaks(
                        "public class C { protected void m() {} }",
                        "public class C {}",
                        "$.C.m(): removed protected void m()"),
                breaks(
                        "public class C { public int m() {return 0;} }",
                        "public class C { public long m() {return 0;} }",
                        "$.C.m(): returns something else"),
                breaks(
                        "public class C { public Object m() {return 0;} }",
                        "public class C { public Integer m() {return 0;} }",
                        "$.C.m(): returns something else"),
                breaks(
                        "public class C { public void m(int a) {} }",
                        "public class C { public void m(long a) {} }",
                        "$.C.m(int): removed"),
                breaks(
                        "public class C { public void m(int... a) {} }",
                        "public class C { public void m(int a) {} }",
                        "$.C.m(int[]): removed"),
                breaks(
                        "public class C { public void m() {} }",
                        "public class C { public static void m() {} }",
                        "$.C.m(): is static now"),
                breaks(
                        "public class C { public void m() {} }",
                        "public class C { public final void m() {} }",
                        "$.C.m(): is final now"),
                breaks(
                        "public abstract class C { public void m() {} }",
                        "public abstract class C { public abstract void m(); }",
                        "$.C.m(): is abstract now"),
                breaks(
                        "public abstract class C {}",
                        "public abstract class C { public abstract void m(); }",
                        "$.C.m(): new public abstract void m(), which those"),
                breaks(
                        "public interface I {}",
                        "public interface I { void m(); }",
                        "$.I.m(): new public abstract void m(), which those"),
                breaks(
                        "public interface I { default void m() {} }",
                        "public interface I { void m(); }",
                        "$.I.m(): is abstract now"),
                breaks(
                        "public sealed interface S permits N {} interface H {} public non-sealed interface N extends S {}",
                        "public sealed interface S permits N { void m(); } interface H {} public non-sealed interface N extends S {}",
                        "$.S.m(): new public abstract void m(), which those"),
                breaks("public class C { public int f; }", "public class C { public long f; }", "$.C.f: type changed"),
                breaks(
                        "public class C { public int f; }",
                        "public class C { public final int f; public C() { f = 1; } }",
                        "$.C.f: is final now"),
                breaks(
                        "public class C { public static int f; }",
                        "public class C { public int f; }",
                        "$.C.f: is no longer static"),
                breaks(
                        "public class C { public static final int F = 1; }",
                        "public class C { public static final int F = 2; }",
                        "$.C.F: compiled users keep the old value"),
                breaks(
                        "public class C { public static final String F = \"a\"; }",
                        "public class C { public static final String F = \"b\"; }",
                        "$.C.F: compiled users keep the old value"),
                breaks(
                        "public class C { public static final char F = 'a'; }",
                        "public class C { public static final char F = 'b'; }",
                        "$.C.F: compiled users keep the old value"),
                breaks(
                        "public class C { public C() {} }",
                        "public class C { private C() {} }",
                        "$.C.C(): removed public C()"),
                breaks("public class C {}", "public class C { public C(int a) {} }", "$.C.C(): removed public C()"),
                breaks(
                        "public class C<T extends Number> { public void m(T a) {} }",
                        "public class C<T extends Integer> { public void m(T a) {} }",
                        "$.C.m(Number): removed"),
                breaks(
                        "public @interface A { int v() default 1; }",
                        "public @interface A { int v(); }",
                        "$.A.v(): is no longer default"),
                breaks(
                        "class H { public void m() {} } public class C extends H {}",
                        "class H {} public class C extends H {}",
                        "$.C.m(): removed public void m()"),
                breaks(
                        "public abstract class B implements Runnable { } public class C extends B { public void run() {} public void close() {} }",
                        "public abstract class B implements Runnable { } public class C extends B { public void run() {} }",
                        "$.C.close(): removed"),
            };
        }

        static Row[] sources() {
            return new Row[] {
                source("public enum E { A }", "public enum E { A, B }", "$.E.B: new constant B, which breaks a switch"),
                source(
                        "public sealed interface S permits A {} public record A() implements S {}",
                        "public sealed interface S permits A, B {} public record A() implements S {} public record B() implements S {}",
                        "$.S: permits $.B now"),
                source(
                        "public sealed interface S permits A {} public record A() implements S {}",
                        "public interface S {} public record A() implements S {}",
                        "$.S: is no longer sealed"),
                source(
                        "public record R(int a) { public R(int a, int b) { this(a); } public int b() { return 1; } }",
                        "public record R(int a, int b) { public R(int a) { this(a, 1); } }",
                        "$.R: record components were (int a), are (int a, int b)"),
                source(
                        "public class C { public void m() {} }",
                        "public class C { public void m() throws IOException {} }",
                        "$.C.m(): checked exceptions changed"),
                source(
                        "public class C { public void m() throws IOException {} }",
                        "public class C { public void m() {} }",
                        "$.C.m(): checked exceptions changed"),
                source(
                        "public class X extends Exception {} public class C { public void m() {} }",
                        "public class X extends Exception {} public class C { public void m() throws X {} }",
                        "$.C.m(): checked exceptions changed"),
                source(
                        "public class C { public List<String> m() {return List.of();} }",
                        "public class C { public List<Integer> m() {return List.of();} }",
                        "$.C.m(): returns something else"),
                source(
                        "public class C { public void m(List<String> a) {} }",
                        "public class C { public void m(List<Integer> a) {} }",
                        "$.C.m(java.util.List): takes java.util.List<Integer> in place"),
                source(
                        "public class C { public void m(int... a) {} }",
                        "public class C { public void m(int[] a) {} }",
                        "$.C.m(int[]): variable arity changed"),
                source(
                        "public class C { public <T> void m(Class<T> a) {} }",
                        "public class C { public <T extends Number> void m(Class<T> a) {} }",
                        "$.C.m(Class): type parameters changed"),
                source("public class C<T> {}", "public class C<T, U> {}", "$.C: type parameters were <T>, are <T, U>"),
                source(
                        "public interface I extends Comparable<String> {}",
                        "public interface I extends Comparable<Integer> {}",
                        "$.I: type arguments of Comparable<String> changed"),
                source(
                        "public class C { public String m() {return \"\";} }",
                        "public class C { public @Nullable String m() {return null;} }",
                        "$.C.m(): nullness changed"),
                source(
                        "public class C { public void m(@Nullable String a) {} }",
                        "public class C { public void m(String a) {} }",
                        "$.C.m(String): nullness of a parameter changed"),
                source(
                        "public interface I { void m(String a); }",
                        "public interface I { void m(@Nullable String a); }",
                        "$.I.m(String): nullness of a parameter changed"),
                source(
                        "public interface I { @Nullable String m(); }",
                        "public interface I { String m(); }",
                        "$.I.m(): nullness changed"),
                source(
                        "public class C { public List<String> m() {return List.of();} }",
                        "public class C { public List<@Nullable String> m() {return List.of();} }",
                        "$.C.m(): returns something else"),
                source(
                        "public class C { public String[] m() {return new String[0];} }",
                        "public class C { public @Nullable String[] m() {return new String[0];} }",
                        "$.C.m(): returns something else"),
                source(
                        "public class C { public String[] m() {return new String[0];} }",
                        "public class C { public String @Nullable [] m() {return null;} }",
                        "$.C.m(): nullness changed"),
                source(
                        "public record R(String a) {}",
                        "public record R(@Nullable String a) {}",
                        "$.R.a(): nullness changed"),
                source(
                        "@NullMarked public class C {}",
                        "public class C {}",
                        "$.C: annotations were [@NullMarked], are []"),
                source(
                        "public class C { protected void m() {} }",
                        "public class C { public void m() {} }",
                        "$.C.m(): is public now"),
                source(
                        "public class C { public static final int F = 1; }",
                        "public class C { public static final int F = Integer.parseInt(\"1\"); }",
                        "$.C.F: is no compile-time constant"),
                source("public @interface A {}", "public @interface A { int v(); }", "$.A.v(): new without a default"),
            };
        }

        static Row[] compatible() {
            return new Row[] {
                fine("public class C {}", "public class C {} public class D {}", "$.D: new public class D"),
                fine("public class C {}", "public class C { public void m() {} }", "$.C.m(): new public void m()"),
                fine(
                        "public class C { public void m() {} }",
                        "@Deprecated public class C { public void m() {} }",
                        "$.C: annotations were [], are [@Deprecated]"),
                fine(
                        "public class C { public void m() {} }",
                        "public class C { @Deprecated(forRemoval = true) public void m() {} }",
                        "$.C.m(): annotations were [], are [@Deprecated(forRemoval)]"),
                fine(
                        "public interface I {}",
                        "public interface I { default void m() {} }",
                        "$.I.m(): new public default void m()"),
                fine(
                        "public interface I {}",
                        "public interface I { static void m() {} }",
                        "$.I.m(): new public static void m()"),
                fine(
                        "public interface I { void m(); }",
                        "public interface I { default void m() {} }",
                        "$.I.m(): is no longer abstract"),
                fine(
                        "public sealed interface S permits A {} public record A() implements S {}",
                        "public sealed interface S permits A { default int m() {return 1;} int n(); } public record A() implements S { public int n() {return 1;} }",
                        "$.S.n(): new public abstract int n()"),
                fine(
                        "public final class C { C(int a) {} }",
                        "public class C { C(int a) {} }",
                        "$.C: is no longer final"),
                fine("public class C { C(int a) {} }", "public final class C { C(int a) {} }", "$.C: is final now"),
                fine(
                        "public final class C { public void m() {} }",
                        "public final class C { public final void m() {} }",
                        "$.C.m(): is final now"),
                fine(
                        "public final class C { public @Nullable String m() {return null;} }",
                        "public final class C { public String m() {return \"\";} }",
                        "$.C.m(): nullness changed"),
                fine(
                        "public final class C { public void m(String a) {} }",
                        "public final class C { public void m(@Nullable String a) {} }",
                        "$.C.m(String): nullness of a parameter changed"),
                fine(
                        "public class C { public void m(int[] a) {} }",
                        "public class C { public void m(int... a) {} }",
                        "$.C.m(int[]): variable arity changed"),
                fine(
                        "public class C { public void m() {} }",
                        "public class C { public void m() throws IllegalStateException {} }",
                        "$.C.m(): unchecked exceptions changed"),
                fine(
                        "public class X extends RuntimeException {} public class C { public void m() throws X {} }",
                        "public class X extends RuntimeException {} public class C { public void m() {} }",
                        "$.C.m(): unchecked exceptions changed"),
                fine(
                        "public class B {} public class C extends B { public void m() {} }",
                        "public class B { public void m() {} } public class C extends B {}",
                        "$.C.m(): is inherited only"),
                fine(
                        "public class C implements Iterator<String> { public boolean hasNext() {return false;} public String next() {return \"\";} public void remove() {} }",
                        "public class C implements Iterator<String> { public boolean hasNext() {return false;} public String next() {return \"\";} }",
                        "$.C.remove(): is inherited only"),
                fine(
                        "public class C {}",
                        "public class C implements Serializable {}",
                        "$.C: is a java.io.Serializable now"),
                fine(
                        "public class C { protected C() {} }",
                        "public class C { public C() {} }",
                        "$.C.C(): is public now"),
                fine(
                        "public record R(int a) {}",
                        "public record R(int a) { public R() { this(1); } }",
                        "$.R.R(): new public R()"),
                fine(
                        "class H { public void m() {} } public class C extends H {}",
                        "public class C { public void m() {} public void n() {} }",
                        "$.C.n(): new public void n()"),
                fine(
                        "public class C { public void m(List<String> list) {} }",
                        "public class C { public void m(List<String> names) {} public void m() {} }",
                        "$.C.m(): new public void m()"),
            };
        }
    }
}
