package org.moxmail.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedIdsTest {
    @TempDir
    Path directory;

    private ReceivedIds ids(String name) throws IOException {
        return ReceivedIds.open(directory.resolve(name), new SecureRandom());
    }

    @Test
    void whoHasTheKeyReadsTheNumberAndNobodyElse() throws IOException {
        ReceivedIds ids = ids("key");
        String printed = ids.print(0x18f2);
        assertTrue(printed.matches("[A-Za-z0-9_-]{22}"), printed);
        assertEquals(OptionalLong.of(0x18f2), ids("key").parse(printed));
        assertEquals("18f2", ids.cid(printed));
        assertNotEquals(ids.print(1).substring(0, 8), ids.print(2).substring(0, 8));
        assertEquals(OptionalLong.empty(), ids("another").parse(printed));
        assertEquals(printed, ids("another").cid(printed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64 at all!!!!!", "AAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoIdIsNone(String text) throws IOException {
        assertEquals(OptionalLong.empty(), ids("key").parse(text));
    }

    @Test
    void aKeyOfTheWrongSizeIsReplaced() throws IOException {
        Files.write(directory.resolve("key"), new byte[3]);
        ids("key");
        assertEquals(24, Files.size(directory.resolve("key")));
    }
}
