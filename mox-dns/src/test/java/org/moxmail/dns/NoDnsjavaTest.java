package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

class NoDnsjavaTest {
    /** All but the resolver over the network works without dnsjava on the class path. */
    @Test
    void aZoneInMemoryNeedsNoDnsjava() throws Exception {
        // Only the bootstrap loader above it: the platform loader finds modules of the application too.
        URL classes = ZoneResolver.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {classes}, null)) {
            assertThrows(ClassNotFoundException.class, () -> alone.loadClass("org.xbill.DNS.Message"));
            Class<?> zones = alone.loadClass(ZoneResolver.class.getName());
            Object zone = zones.getConstructor().newInstance();
            zones.getMethod("txt", String.class, String[].class).invoke(zone, "example.org", new String[] {"text"});
            Class<?> names = alone.loadClass(DnsName.class.getName());
            Class<?> types = alone.loadClass(RecordType.class.getName());
            Object answer = zones.getMethod("lookup", names, types)
                    .invoke(
                            zone,
                            names.getMethod("parse", String.class).invoke(null, "example.org"),
                            types.getField("TXT").get(null));
            assertEquals("Found", answer.getClass().getSimpleName());
        }
    }
}
