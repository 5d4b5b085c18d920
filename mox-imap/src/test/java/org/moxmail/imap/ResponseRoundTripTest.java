package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** read(write(response)) is the response, also when sections' octets are streamed. */
class ResponseRoundTripTest {
    @Provide
    Arbitrary<ImapResponse> responses() {
        return Responses.responses();
    }

    @Provide
    Arbitrary<ImapResponse.Fetch> fetches() {
        return Responses.values().list().ofMaxSize(6).map(values -> new ImapResponse.Fetch(5, values));
    }

    @Provide
    Arbitrary<Integer> chunks() {
        return Arbitraries.of(1, 2, 5, 8192);
    }

    private static byte[] encode(ImapResponse response, MailboxEncoding encoding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        encoder.encoding(encoding);
        encoder.write(response);
        encoder.flush();
        return out.toByteArray();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsRead(
            @ForAll("responses") ImapResponse response, @ForAll MailboxEncoding encoding, @ForAll("chunks") int chunk)
            throws IOException {
        byte[] octets = encode(response, encoding);
        ResponseReader reader = new ResponseReader(new CommandRoundTripTest.Chunks(octets, chunk), ImapLimits.CLIENT);
        assertEquals(response, reader.read(encoding, null));
        assertThrows(EOFException.class, () -> reader.read(encoding, null));
        assertEquals(
                response,
                new ResponseDecoder(ImapLimits.CLIENT).decode(Octets.of(octets, 0, octets.length - 2), encoding));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void sectionsAreStreamedAndTheRestIsAsBefore(
            @ForAll("fetches") ImapResponse.Fetch fetch, @ForAll("chunks") int chunk) throws IOException {
        byte[] octets = encode(fetch, MailboxEncoding.MODIFIED_UTF7);
        List<FetchValue> streamed = new ArrayList<>();
        ResponseReader reader = new ResponseReader(new CommandRoundTripTest.Chunks(octets, chunk), ImapLimits.CLIENT);
        ImapResponse read = reader.read(MailboxEncoding.MODIFIED_UTF7, (number, before, value, size, in) -> {
            assertEquals(5, number);
            // Every other one is read to its end, the others are left to be dropped.
            if (streamed.size() % 2 == 0) {
                byte[] all = in.readAllBytes();
                assertEquals(size, all.length);
                Octets expected = octets(fetch.values().get(before.size()));
                assertArrayEquals(expected == null ? null : expected.toByteArray(), all);
            }
            streamed.add(value);
        });
        List<FetchValue> expected = fetch.values().stream()
                .map(value -> octets(value) == null ? value : withoutOctets(value))
                .toList();
        assertEquals(new ImapResponse.Fetch(5, expected), read);
        assertEquals(
                fetch.values().stream()
                        .filter(value -> octets(value) != null)
                        .map(ResponseRoundTripTest::withoutOctets)
                        .toList(),
                streamed);
    }

    private static @Nullable Octets octets(FetchValue value) {
        return switch (value) {
            case FetchValue.Section section -> section.octets();
            case FetchValue.Binary binary -> binary.octets();
            case FetchValue.Rfc822 rfc822 -> rfc822.octets();
            default -> null;
        };
    }

    private static FetchValue withoutOctets(FetchValue value) {
        return switch (value) {
            case FetchValue.Section section -> new FetchValue.Section(section.spec(), section.offset(), null);
            case FetchValue.Binary binary -> new FetchValue.Binary(binary.part(), binary.offset(), null);
            case FetchValue.Rfc822 rfc822 -> new FetchValue.Rfc822(rfc822.item(), null);
            default -> value;
        };
    }
}
