package org.moxmail.server.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalserveTest {
    private static ServerSettings settings(String address) {
        return Localserve.settings(
                Path.of("data"), List.of(InetAddress.ofLiteral(address)), Localserve.PORT_BASE, false);
    }

    @Test
    void portsAreTheUsualOnesAndAThousand() {
        assertEquals(
                List.of(1025, 1587, 1465, 1143, 1993),
                settings("127.0.0.1").listeners().stream()
                        .map(ListenerSettings::port)
                        .toList());
    }

    @Test
    void passwordsGoInPlaintextOnLoopbackOnly() {
        assertTrue(settings("::1").listeners().stream().allMatch(ListenerSettings::plaintextPasswords));
        assertTrue(settings("192.0.2.1").listeners().stream().noneMatch(ListenerSettings::plaintextPasswords));
    }

    @Test
    void theCertificateIsGoodForWhereItIsServed() {
        assertEquals(
                List.of("localhost", "127.0.0.1", "::1"), settings("127.0.0.1").certificateNames());
        assertEquals(
                List.of("localhost", "127.0.0.1", "::1", "192.0.2.1"),
                settings("192.0.2.1").certificateNames());
        assertEquals(
                List.of("localhost", "127.0.0.1", "::1", "127.0.0.2"),
                settings("127.0.0.2").certificateNames());
    }
}
