package org.moxmail.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.smtp.ForwardPath;

class DirectoryTest {
    private final Directory directory;

    DirectoryTest() throws SyntaxException {
        directory = new Directory(new DirectorySettings(
                List.of(
                        new DomainSettings(
                                DnsName.parse("example.org"), Map.of("ann", "ann", "bob", "bob"), null, "+-"),
                        new DomainSettings(DnsName.parse("all.example"), Map.of("ann", "ann"), "bob", "")),
                "ann",
                null));
    }

    private String resolve(Directory in, String path) throws SyntaxException {
        return switch (in.resolve(ForwardPath.parse(path))) {
            case Destination.Local local -> local.account();
            case Destination.UnknownUser unknown -> "unknown user";
            case Destination.UnknownDomain unknown -> "unknown domain";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "<ann@example.org>, ann",
        "<ANN@EXAMPLE.ORG>, ann",
        "<ann+anything@example.org>, ann",
        "<ann-a+b@example.org>, ann",
        "<+ann@example.org>, unknown user",
        "<carl@example.org>, unknown user",
        "<postmaster@example.org>, ann",
        "<Postmaster@example.org>, ann",
        "<postmaster>, ann",
        "<carl@all.example>, bob",
        "<ann+x@all.example>, bob",
        "<ann@elsewhere.example>, unknown domain",
        "<ann@sub.example.org>, unknown domain",
        "<ann@[192.0.2.1]>, unknown domain",
    })
    void anAddressHasOneDestination(String path, String expected) throws SyntaxException {
        assertEquals(expected, resolve(directory, path));
    }

    @ParameterizedTest
    @CsvSource({"<x@elsewhere.example>, ann", "<x@[IPv6:2001:db8::1]>, ann", "<x@example.org>, unknown user"})
    void aTestServerTakesOtherDomainsMailToo(String path, String expected) throws SyntaxException {
        Directory everything = new Directory(new DirectorySettings(
                List.of(new DomainSettings(DnsName.parse("example.org"), Map.of("ann", "ann"), null, "")),
                "ann",
                "ann"));
        assertEquals(expected, resolve(everything, path));
    }

    @Test
    void whoGetsAnAddressesMailMayUseIt() throws SyntaxException {
        assertTrue(directory.mayUse("ann", Address.parse("ann+list@example.org")));
        assertTrue(directory.mayUse("bob", Address.parse("anybody@all.example")));
        assertFalse(directory.mayUse("bob", Address.parse("ann@example.org")));
        assertFalse(directory.mayUse("ann", Address.parse("ann@elsewhere.example")));
    }

    @Test
    void aCatchAllsAddressesAreNobodysUserName() {
        assertEquals("ann", directory.holder("ann@all.example").orElseThrow().account());
        assertTrue(directory.holder("carl@all.example").isEmpty());
        assertTrue(directory.holder("postmaster@example.org").isEmpty());
    }
}
