package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.MemorySmtpService;
import org.moxmail.smtp.testing.Rig;

/**
 * Dialogues of Apache James: our texts and extensions are others, but the codes must be the same. The one that logs in
 * without EHLO is left out: RFC 4954 §4 announces AUTH in EHLO's reply.
 */
@Timeout(20)
class JamesDialogueTest {
    @ParameterizedTest
    @ValueSource(strings = {"starttls.test", "rcpt_with_starttls.test"})
    void codesAreThoseOfJames(String file) throws Exception {
        MemorySmtpService service = new MemorySmtpService(Rig.name("mydomain.tld"));
        List<String> wanted = new ArrayList<>();
        List<String> got = new ArrayList<>();
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, service, null, InMemorySocket.CAPACITY)) {
            Path path = Path.of(Objects.requireNonNull(JamesDialogueTest.class.getResource("/smtp/james/" + file))
                    .toURI());
            for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
                if (line.startsWith("C:")) {
                    rig.send(line.length() > 3 ? line.substring(3) : "");
                } else if (line.matches("S: [0-9]{3} .*")) {
                    wanted.add(line.substring(3, 6));
                    String reply = rig.reply();
                    got.add(reply.substring(0, 3));
                }
            }
        }
        assertEquals(wanted, got);
    }
}
