package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes beyond classes: descriptors, packages, and several libraries together. */
class ModuleComparisonTest {
    private static List<String> compare(List<String> before, List<String> after) {
        return Comparison.compare(Api.parse(before), Api.parse(after)).stream()
                .map(Change::print)
                .toList();
    }

    @Test
    void whatTheDescriptorNoLongerPromisesBreaks() {
        assertEquals(
                List.of(
                        "incompatible: b: removed package",
                        "incompatible: module-info: removed provides Runnable",
                        "incompatible: module-info: removed requires transitive java.sql",
                        "source-incompatible: a: annotations were '@NullMarked', are ''",
                        "compatible: c: new package",
                        "compatible: c.C: new public class C",
                        "compatible: module-info: new requires transitive java.xml"),
                compare(
                        List.of(
                                "module lib",
                                "requires transitive java.sql",
                                "provides Runnable",
                                "package a @NullMarked",
                                "package b",
                                "b.B: public class B",
                                "b.B.N: public static class N"),
                        List.of(
                                "module lib",
                                "requires transitive java.xml",
                                "package a",
                                "package c",
                                "c.C: public class C")));
    }

    @Test
    void aClassIsReportedOnceWhateverWasInIt() {
        assertEquals(
                List.of("incompatible: a.B: removed public class B"),
                compare(
                        List.of(
                                "package a",
                                "a.A: public class A",
                                "a.B: public class B",
                                "a.B: public void m()",
                                "a.B.N: public static class N",
                                "a.B.N.M: public static class M"),
                        List.of("package a", "a.A: public class A")));
    }

    @Test
    void aMethodMayMoveUpIntoAnotherLibrary() {
        Api base = Api.parse(List.of("package b", "b.B: public class B", "b.B: public B()"));
        Api baseNow = Api.parse(List.of("package b", "b.B: public class B", "b.B: public B()", "b.B: public void m()"));
        Api lib = Api.parse(List.of("package a", "a.A: public class A extends b.B", "a.A: public void m()"));
        Api libNow = Api.parse(List.of("package a", "a.A: public class A extends b.B"));
        Map<String, List<Change>> changes =
                Repository.compare(Map.of("b", base, "a", lib), Map.of("b", baseNow, "a", libNow));
        assertEquals(
                List.of("compatible: a.A.m(): is inherited only, was public void m()"),
                changes.getOrDefault("a", List.of()).stream().map(Change::print).toList());
    }

    @Test
    void aLibraryMayComeAndMustNotGo() {
        Api api = Api.parse(List.of("package a", "a.A: public class A"));
        assertEquals(
                Map.of(
                        "new", List.of(new Change(Change.Verdict.COMPATIBLE, "new", "new library")),
                        "old", List.of(new Change(Change.Verdict.INCOMPATIBLE, "old", "removed library"))),
                Repository.compare(Map.of("same", api, "old", api), Map.of("same", api, "new", api)));
    }
}
