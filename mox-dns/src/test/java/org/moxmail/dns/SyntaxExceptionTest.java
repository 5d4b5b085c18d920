package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SyntaxExceptionTest {
    @Test
    void saysWhatAndWhere() {
        assertEquals(
                "a digit at offset 3 (RFC 5321 §4.1.2)",
                new SyntaxException(3, "a digit", "RFC 5321 §4.1.2").getMessage());
    }

    @Property
    void keepsOffset(@ForAll int offset) {
        assertEquals(offset, new SyntaxException(offset, "x", "RFC 0").offset());
    }
}
