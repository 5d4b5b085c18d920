package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.mailbox.Spool;

final class SpoolTest {
    private static final byte[] PREFIX =
            "Received: from a\r\n by b\r\nDKIM-Signature: v=1\r\n".getBytes(StandardCharsets.US_ASCII);

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private static String content(Spool spool) throws IOException {
        try (MessageContent content = spool.content()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.writeTo(out, 0, content.size());
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void octetsComeThroughWhateverTheirNumberAndThePiecesTheyCameIn(int piece) throws IOException {
        for (int size : new int[] {0, 1, 400, Fixture.ROW_BYTES, Fixture.ROW_BYTES + 1, 5000}) {
            String text = "x".repeat(size);
            for (Spool spool : List.of(fixture.account.spool(), fixture.store.spool())) {
                try (spool) {
                    try (OutputStream out = spool.out()) {
                        for (int at = 0; at < size; at += piece) {
                            out.write(text.substring(at, Math.min(size, at + piece))
                                    .getBytes(StandardCharsets.UTF_8));
                        }
                    }
                    assertEquals(size, spool.size());
                    assertEquals(text, content(spool));
                }
            }
        }
    }

    @Test
    void bareLineFeedsBecomeCrlf() throws IOException {
        try (Spool spool = fixture.spool("Subject: x\n\nbody\r\nmore\n")) {
            assertEquals("Subject: x\r\n\r\nbody\r\nmore\r\n", content(spool));
            assertEquals(26, spool.size());
            assertEquals(2, spool.structure().bodyLines());
        }
    }

    @Test
    void aMessageMayBeSoLargeAndNoLarger() throws IOException {
        int most = (int) fixture.account.appendLimit();
        try (Spool spool = fixture.spool("x".repeat(most))) {
            assertEquals(most, spool.size());
        }
        try (Spool spool = fixture.account.spool();
                OutputStream out = spool.out()) {
            out.write(new byte[most]);
            assertThrows(IOException.class, () -> out.write(1));
        }
    }

    @Test
    void callsOutOfOrderAreRefused() throws IOException {
        Spool spool = fixture.account.spool();
        assertThrows(IllegalStateException.class, spool::structure);
        assertThrows(IllegalStateException.class, spool::content);
        OutputStream out = spool.out();
        assertThrows(IllegalStateException.class, spool::out);
        long inbox = fixture.id("Inbox");
        assertThrows(
                IllegalStateException.class,
                () -> fixture.account.write(view -> view.append(inbox, spool, flags(), DATE)));
        out.close();
        out.close();
        assertThrows(IOException.class, () -> out.write(1));
        spool.close();
        spool.close();
        assertThrows(IOException.class, spool::content);
        assertThrows(IllegalStateException.class, spool::out);
    }

    @Test
    void whatNobodyTookIsGoneWhenTheSpoolIsClosed() throws IOException {
        fixture.spool(large("one")).close();
        Spool half = fixture.account.spool();
        half.out().write(new byte[2000]);
        half.close();
        fill(fixture.store.spool(), large("two")).close();
        assertEquals(List.of(), fixture.files.list(Path.of("/data/tmp")));
        assertEquals(
                List.of(),
                fixture.files.list(
                        fixture.files.list(Path.of("/data/accounts/ada/msg")).get(0)));
    }

    @Test
    void aPrefixOfTraceFieldsShiftsTheStructureLikeAParseWould() throws IOException {
        String nested = """
                Subject: n
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Type: message/rfc822

                Subject: inner

                hello
                --b--
                """.replace("\n", "\r\n");
        for (String text : List.of(message("a"), nested, "Subject: no body\r\n", "\r\nonly a body\r\n", "", "junk")) {
            try (Spool spool = fixture.spool(text)) {
                Part parsed = MessageParser.parse(
                        (new String(PREFIX, StandardCharsets.US_ASCII) + text).getBytes(StandardCharsets.UTF_8));
                assertEquals(parsed, ((SpooledMessage) spool).structure(PREFIX), text);
            }
        }
    }

    @Test
    void aSpoolThatOutlivesItsAccountLeavesTheNextOnesFilesAlone() throws IOException {
        Spool late = fixture.spool(large("late"));
        fixture.reopen();
        long messageId = fixture.append("Inbox", large("new")).messageId();
        late.close();
        assertEquals(large("new"), fixture.content(messageId));
    }

    @Test
    void aPrefixOfOtherFieldsIsParsed() throws IOException {
        byte[] prefix = "Message-ID: <made@example.org>\r\nDate: Tue, 3 Feb 2026 04:05:06 +0000\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        try (Spool spool = fixture.spool(message("a"))) {
            Part part = ((SpooledMessage) spool).structure(prefix);
            assertEquals("<made@example.org>", requireNonNull(part.envelope()).messageId());
            assertEquals("a", requireNonNull(part.envelope()).subject());
        }
    }
}
