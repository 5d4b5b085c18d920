package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends ends in an answer or a SaslException, and never in a login without the password. */
class FuzzTest {
    private static final SaslConnection CONNECTION = new SaslConnection(
                    "mx.example", true, List.of(new ChannelBinding("tls-exporter", new byte[32])), null)
            .withExternal(name -> name.isEmpty() ? Optional.of("user") : Optional.empty());

    private static final List<String> SEEDS = List.of(
            "",
            "n,,n=user,r=abcdefghijkl",
            "y,a=user,n=user,r=abcdefghijkl,x=y",
            "p=tls-exporter,,n=user,r=abcdefghijkl",
            "c=biws,r={nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "c=biws,r={nonce},x=y,p=AAAA",
            "r={nonce},s=AAAAAAAAAAA=,i=16",
            "v=AAAA",
            "e=other-error",
            "user",
            "\0user\0pencil",
            "user b913a602c7eda7a495b4e6e7334d3890",
            "<1.2@mx.example>");

    private final Random random = new Random(5802);
    private final TestUsers users = TestUsers.of("user", "not in any seed");
    private final SaslClients clients =
            new SaslClients(TestUsers.RANDOM, new ScramLimits(1, 5000, 1, 1), PasswordPreparation.OPAQUE_STRING);

    private byte[] message(byte[] last) {
        String text = SEEDS.get(random.nextInt(SEEDS.size()));
        String before = new String(last, StandardCharsets.ISO_8859_1);
        int at = before.indexOf("r=");
        int end = before.indexOf(',', at);
        text = text.replace("{nonce}", at < 0 ? "xyz" : before.substring(at + 2, end < 0 ? before.length() : end));
        byte[] message = Octets.utf8(text);
        for (int changes = random.nextInt(4); changes > 0 && message.length > 0; changes--) {
            int place = random.nextInt(message.length);
            switch (random.nextInt(4)) {
                case 0 -> message[place] = (byte) random.nextInt(256);
                case 1 -> message[place] = (byte) ",=\0nypracsimve \u007f".charAt(random.nextInt(16));
                case 2 -> message = Arrays.copyOf(message, place);
                default -> {
                    byte[] doubled = Arrays.copyOf(message, message.length + place);
                    System.arraycopy(message, 0, doubled, message.length, place);
                    message = doubled;
                }
            }
        }
        return message;
    }

    @Test
    void serversTakeAnything() throws SaslException {
        List<SaslMechanism> mechanisms = List.of(SaslMechanism.values());
        for (int i = 0; i < 60_000; i++) {
            SaslMechanism mechanism = mechanisms.get(i % mechanisms.size());
            SaslServer server = users.servers().start(mechanism.keyword(), CONNECTION);
            byte[] last = new byte[0];
            try {
                for (int round = 0; round < 4 && !server.isComplete(); round++) {
                    byte[] answer = server.evaluateResponse(message(last));
                    last = answer == null ? new byte[0] : answer;
                }
            } catch (SaslException e) {
                assertFalse(server.isComplete());
            }
            assertTrue(!server.isComplete() || mechanism == SaslMechanism.EXTERNAL);
        }
    }

    @Test
    void clientsTakeAnything() {
        for (int i = 0; i < 4_000; i++) {
            char[] password = "pencil".toCharArray();
            List<SaslClient> all = new ArrayList<>(List.of(
                    clients.plain("", "user", password),
                    clients.login("user", password),
                    clients.cramMd5("user", password),
                    clients.external(""),
                    clients.scram(ScramHash.SHA_1, new ClientBinding.Unsupported(), "", "user", password)));
            for (SaslClient client : all) {
                byte[] last = new byte[0];
                try {
                    for (int round = 0; round < 4 && !client.isComplete(); round++) {
                        byte[] answer = client.evaluateChallenge(
                                round == 0 && client.hasInitialResponse() ? new byte[0] : message(last));
                        last = answer == null ? new byte[0] : answer;
                    }
                } catch (SaslException e) {
                    assertFalse(client.isComplete());
                }
                assertFalse(client.isComplete() && client.getMechanismName().startsWith("SCRAM"));
            }
        }
    }
}
