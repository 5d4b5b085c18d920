package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Types of any depth survive a dump and its reading, and a comparison of an API with itself finds nothing. */
class RoundTripTest {
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void parseOfPrintIsTheMember(@ForAll("types") String type, @ForAll("types") String parameter) {
        Member method = new Member(
                Member.Form.METHOD,
                List.of("@Deprecated"),
                List.of("public", "static"),
                "<T extends " + parameter + ">",
                type,
                "name",
                List.of(parameter, type),
                List.of("java.io.IOException", "T"),
                "");
        assertEquals(method, Member.parse(method.print()));
        Member field = new Member(
                Member.Form.FIELD, List.of(), List.of("public"), "", type, "name", List.of(), List.of(), "\" = (\"");
        assertEquals(field, Member.parse(field.print()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ownNullnessIsToldFromThatOfParts(@ForAll("types") String type) {
        String marked = type.endsWith("[]")
                ? type.replaceFirst("( @Nullable )?(\\[])+$", " @Nullable []")
                : "@Nullable " + TypeText.withoutOwnNullness(type);
        assertEquals(true, TypeText.isNullable(marked));
        assertEquals(false, TypeText.isNullable(TypeText.withoutOwnNullness(marked)));
    }

    @Provide
    Arbitrary<String> types() {
        Arbitrary<String> names =
                Arbitraries.of("int", "String", "@Nullable String", "java.util.Map.Entry", "T", "@Nullable T");
        return Arbitraries.recursive(() -> names, RoundTripTest::deeper, 0, 3);
    }

    private static Arbitrary<String> deeper(Arbitrary<String> inner) {
        Arbitrary<String> argument = Combinators.combine(Arbitraries.of("", "? extends ", "? super "), inner)
                .as((wildcard, type) -> wildcard + type);
        return Arbitraries.oneOf(
                inner,
                inner.map(type -> type + "[]"),
                inner.filter(type -> !type.endsWith("]")).map(type -> type + " @Nullable []"),
                argument.map(type -> "java.util.List<" + type + ">"),
                Combinators.combine(argument, argument)
                        .as((a, b) -> "@Nullable java.util.Map<" + a + ", " + b + ">.Inner"));
    }
}
