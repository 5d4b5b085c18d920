package org.moxmail.server.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    @ParameterizedTest(name = "{0} descriptors and {1} MiB afford {3} of {2} connections")
    @CsvSource({
        "1000000, 8192, 10000, 10000",
        "9223372036854775807, 8192, 10000, 10000",
        "4096, 8192, 10000, 3072",
        "1024, 8192, 10000, 768",
        "250, 8192, 10000, 150",
        "50, 8192, 10000, 1",
        "1000000, 256, 10000, 1638",
        "1000000, 256, 20, 20",
    })
    void connectionsLeaveRoomForEverythingElse(long descriptors, long mebibytes, int wished, int expected) {
        assertEquals(expected, new Capacity(descriptors, mebibytes << 20).connections(wished));
    }

    @Test
    void everyProcessHasSome() {
        assertTrue(Capacity.ours().connections(10_000) > 1, Capacity.ours().toString());
    }
}
