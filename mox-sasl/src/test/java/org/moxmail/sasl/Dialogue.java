package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/** Drives exchanges by the rules of the package, as an engine of SMTP or IMAP does. */
final class Dialogue {
    static final SaslConnection PLAINTEXT = SaslConnection.of("mx.example", null);

    private Dialogue() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the server says to this, which mustn't be its end. */
    static String says(SaslServer server, String response) throws SaslException {
        byte[] challenge = server.evaluateResponse(octets(response));
        assertNotNull(challenge);
        return new String(challenge, StandardCharsets.UTF_8);
    }

    static String says(SaslClient client, String challenge) throws SaslException {
        byte[] response = client.evaluateChallenge(octets(challenge));
        assertNotNull(response);
        return new String(response, StandardCharsets.UTF_8);
    }

    /** Runs to the end of both; the server's exception is the outcome of a failure. */
    static void run(SaslClient client, SaslServer server, boolean initialResponse) throws SaslException {
        assertEquals(client.getMechanismName(), server.getMechanismName());
        boolean serverFirst = Set.of("LOGIN", "CRAM-MD5").contains(server.getMechanismName());
        assertEquals(!serverFirst, client.hasInitialResponse());
        byte[] challenge;
        if (serverFirst) {
            challenge = server.evaluateResponse(new byte[0]);
        } else if (initialResponse) {
            challenge = server.evaluateResponse(client.evaluateChallenge(new byte[0]));
        } else {
            challenge = new byte[0];
        }
        for (int round = 0; !server.isComplete(); round++) {
            assertTrue(round < 5, "endless");
            assertNotNull(challenge);
            byte[] response;
            try {
                response = client.evaluateChallenge(challenge);
            } catch (SaslException e) {
                // The client gives up. Its protocol would say "*"; whatever it says, the server's failure is still to
                // come.
                if (new String(challenge, StandardCharsets.UTF_8).startsWith("e=")) {
                    response = new byte[0];
                } else {
                    throw e;
                }
            }
            challenge = server.evaluateResponse(response == null ? new byte[0] : response);
        }
        assertTrue(client.isComplete());
    }
}
