package org.moxmail.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.sasl.ChannelBinding;
import org.moxmail.sasl.ClientBinding;
import org.moxmail.sasl.CramSecret;
import org.moxmail.sasl.Credentials;
import org.moxmail.sasl.MechanismPolicy;
import org.moxmail.sasl.PasswordOutcome;
import org.moxmail.sasl.PasswordPreparation;
import org.moxmail.sasl.PreparationException;
import org.moxmail.sasl.SaslClients;
import org.moxmail.sasl.SaslConnection;
import org.moxmail.sasl.SaslMechanism;
import org.moxmail.sasl.SaslServers;
import org.moxmail.sasl.ScramHash;
import org.moxmail.sasl.ScramLimits;
import org.moxmail.sasl.ScramSecret;
import org.moxmail.sasl.SecretLookup;
import org.moxmail.sasl.UnknownUsers;
import org.moxmail.sasl.UsernamePreparation;

/** The readers of mox-sasl. */
final class SaslTargets {
    private static final List<SaslMechanism> MECHANISMS = List.of(SaslMechanism.values());
    private static final String TOKENS =
            ", = n,, y,, p=tls-exporter,, n= r= a= c= p= s= i= v= e= m= =2C =3D biws r={nonce} user @ < > \\0"
                    + " \\0user\\0 4096 i=1 AAAA é \u00ad \u00a0 \ud83d\ude00 \u05d0 \u0661 ﬁ \u0300 \\s 99999999999";

    private static final List<String> MESSAGES = List.of(
            "n,,n=user,r=abcdefghijkl",
            "y,a=user,n=user,r=abcdefghijkl,x=y",
            "p=tls-exporter,,n=user,r=abcdefghijkl",
            "c=biws,r={nonce},p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "r={nonce}3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
            "e=other-error",
            "user",
            "\0user\0pencil",
            "user b913a602c7eda7a495b4e6e7334d3890",
            "<1.2@mx.example>");

    private final SaslConnection connection = new SaslConnection(
                    "mx.example", true, List.of(new ChannelBinding("tls-exporter", new byte[32])), null)
            .withExternal(name -> name.isEmpty() ? Optional.of("user") : Optional.empty());
    private final SaslServers servers = new SaslServers(
            new OneUser(),
            new MechanismPolicy(Set.of(SaslMechanism.values()), true),
            new UnknownUsers(new byte[16], 4096, 4096),
            new SecureRandom(),
            InstantSource.fixed(Instant.EPOCH));
    private final SaslClients clients =
            new SaslClients(new SecureRandom(), new ScramLimits(1, 20, 1, 1), PasswordPreparation.OPAQUE_STRING);

    /** A user whose password is in no input. */
    private static final class OneUser implements Credentials {
        private final Map<ScramHash, ScramSecret> secrets = new EnumMap<>(ScramHash.class);
        private final CramSecret cram = CramSecret.derive("not in any input".toCharArray());

        OneUser() {
            for (ScramHash hash : ScramHash.values()) {
                secrets.put(hash, ScramSecret.derive(hash, "not in any input".toCharArray(), new SecureRandom()));
            }
        }

        @Override
        public PasswordOutcome verifyPassword(String user, char[] password) {
            return PasswordOutcome.REFUSED;
        }

        @Override
        public SecretLookup<ScramSecret> scram(ScramHash hash, String user) {
            ScramSecret secret = user.equals("user") ? secrets.get(hash) : null;
            return secret == null ? new SecretLookup.UnknownUser<>() : new SecretLookup.Found<>(secret);
        }

        @Override
        public SecretLookup<CramSecret> cram(String user) {
            return user.equals("user") ? new SecretLookup.Found<>(cram) : new SecretLookup.UnknownUser<>();
        }
    }

    private SaslTargets() {}

    static List<FuzzTarget> all() {
        SaslTargets targets = new SaslTargets();
        return List.of(
                FuzzTarget.of("sasl-server", TOKENS, MESSAGES, targets::server),
                FuzzTarget.of("sasl-client", TOKENS, MESSAGES, targets::client),
                FuzzTarget.of(
                        "sasl-preparation",
                        TOKENS,
                        List.of(
                                "pencil",
                                "I\u00adX",
                                "\u00aa",
                                "\u2168",
                                "\u06271",
                                "p\u00e4ss w\u00f6rd",
                                "\uff41\u1e9e"),
                        SaslTargets::preparation));
    }

    private int server(byte[] input, RandomGenerator random) {
        SaslMechanism mechanism = MECHANISMS.get(random.nextInt(MECHANISMS.size()));
        SaslServer server;
        try {
            server = servers.start(mechanism.keyword(), connection);
        } catch (SaslException e) {
            throw new AssertionError(e);
        }
        byte[] said = {};
        int rounds = 0;
        try {
            for (; rounds < 4 && !server.isComplete(); rounds++) {
                // A later message is the input again, with the nonce where it asks for it.
                said = server.evaluateResponse(
                        withNonce(rounds == 0 && random.nextInt(8) > 0 ? input : thisOrAnother(input, random), said));
            }
        } catch (SaslException e) {
            Texts.same("what failed isn't complete", false, server.isComplete());
            return 31 * Texts.kind(String.valueOf(e.getMessage()))
                    + 4 * mechanism.name().hashCode()
                    + rounds;
        }
        if (server.isComplete() && mechanism != SaslMechanism.EXTERNAL) {
            throw new AssertionError("logged in without the password by " + mechanism);
        }
        return 4 * mechanism.name().hashCode() + rounds;
    }

    private static byte[] thisOrAnother(byte[] input, RandomGenerator random) {
        return random.nextBoolean() ? input : Texts.octets(MESSAGES.get(random.nextInt(MESSAGES.size())));
    }

    private static byte[] withNonce(byte[] message, byte @Nullable [] said) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (said == null || !text.contains("{nonce}")) {
            return message;
        }
        String before = new String(said, StandardCharsets.ISO_8859_1);
        int at = before.indexOf("r=");
        int end = before.indexOf(',', Math.max(0, at));
        String nonce = at < 0 ? "xyz" : before.substring(at + 2, end < 0 ? before.length() : end);
        return text.replace("{nonce}", nonce).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int client(byte[] input, RandomGenerator random) {
        char[] password = "pencil".toCharArray();
        SaslClient client = switch (random.nextInt(5)) {
            case 0 -> clients.plain("", "user", password);
            case 1 -> clients.login("user", password);
            case 2 -> clients.cramMd5("user", password);
            default -> clients.scram(ScramHash.SHA_256, new ClientBinding.Unsupported(), "", "user", password);
        };
        byte[] said = {};
        int rounds = 0;
        try {
            if (client.hasInitialResponse()) {
                said = client.evaluateChallenge(new byte[0]);
            }
            for (; rounds < 3 && !client.isComplete(); rounds++) {
                said = client.evaluateChallenge(withNonce(rounds == 0 ? input : thisOrAnother(input, random), said));
            }
        } catch (SaslException e) {
            Texts.same("what failed isn't complete", false, client.isComplete());
            return 31 * Texts.kind(String.valueOf(e.getMessage())) + rounds;
        }
        if (client.isComplete() && client.getMechanismName().startsWith("SCRAM")) {
            throw new AssertionError("took a server that doesn't know the password");
        }
        return rounds + 10 * client.getMechanismName().length();
    }

    private static int preparation(byte[] input, RandomGenerator random) {
        String text = Texts.text(input, random);
        int outcome = 0;
        for (PasswordPreparation profile : PasswordPreparation.values()) {
            try {
                char[] once = profile.enforce(text.toCharArray());
                if (!Arrays.equals(once, profile.enforce(once))) {
                    throw new AssertionError(profile + " twice differs from once");
                }
                outcome = 31 * outcome + 1;
            } catch (PreparationException e) {
                outcome = 31 * outcome + Texts.kind(String.valueOf(e.getMessage()));
            }
        }
        for (UsernamePreparation profile : UsernamePreparation.values()) {
            try {
                String once = profile.enforce(text);
                Texts.same(profile + " twice", once, profile.enforce(once));
                outcome = 31 * outcome + 1;
            } catch (PreparationException e) {
                outcome = 31 * outcome + Texts.kind(String.valueOf(e.getMessage()));
            }
        }
        return outcome;
    }
}
