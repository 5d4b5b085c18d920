package org.moxmail.dane;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.moxmail.dane.TestAuthority.Kind;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;

/** Records as somebody hostile may publish them. */
class NoiseTest {
    private final TestAuthority root = TestAuthority.root("Root");
    private final TestAuthority server = root.sign("server", Kind.server("mx.example.org"));

    NoiseTest() throws Exception {}

    @Property(tries = 2000)
    void noRecordButTheRightOneAuthenticates(
            @ForAll @IntRange(min = 0, max = 4) int usage,
            @ForAll @IntRange(min = 0, max = 2) int selector,
            @ForAll @IntRange(min = 0, max = 3) int matchingType,
            @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        byte[] data = server.record(3, selector % 2, matchingType % 3).data().toByteArray();
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
        }
        // Two changes may undo each other.
        if (!Bytes.copyOf(data)
                .equals(server.record(3, selector % 2, matchingType % 3).data())) {
            TlsaRecord record = new TlsaRecord(usage, selector, matchingType, Bytes.copyOf(data));
            DaneVerifier verifier =
                    new DaneVerifier(List.of(record), Set.of(DnsName.parse("mx.example.org")), () -> TestAuthority.NOW);
            assertFalse(verifier.verify(List.of(server.certificate(), root.certificate()))
                    .verified());
        }
    }
}
