package org.moxmail.sasl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users with passwords, in memory. Remembers what it was asked, and may be out of order. */
final class TestUsers implements Credentials {
    static final UnknownUsers UNKNOWN =
            new UnknownUsers("0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 4096, 4096);
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    static final SecureRandom RANDOM = new SecureRandom();
    static final MechanismPolicy LAX = new MechanismPolicy(Set.of(SaslMechanism.values()), true);

    final Map<String, String> passwords = new HashMap<>();
    final Map<String, ScramSecret> secrets = new HashMap<>();
    final Set<String> withoutSecrets = new HashSet<>();
    final Map<String, String> deputies = new HashMap<>();
    final List<char[]> seen = new ArrayList<>();
    boolean broken;

    static TestUsers of(String user, String password) {
        TestUsers users = new TestUsers();
        users.passwords.put(user, password);
        return users;
    }

    @Override
    public PasswordOutcome verifyPassword(String user, char[] password) throws IOException {
        check();
        seen.add(password);
        return new String(password).equals(passwords.get(user)) ? PasswordOutcome.VERIFIED : PasswordOutcome.REFUSED;
    }

    @Override
    public SecretLookup<ScramSecret> scram(ScramHash hash, String user) throws IOException {
        check();
        if (withoutSecrets.contains(user)) {
            return new SecretLookup.NoSecret<>();
        }
        String password = passwords.get(user);
        if (password == null) {
            return new SecretLookup.UnknownUser<>();
        }
        return new SecretLookup.Found<>(secrets.computeIfAbsent(
                user + hash,
                key -> ScramSecret.derive(
                        hash,
                        password.toCharArray(),
                        PasswordPreparation.OPAQUE_STRING,
                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                        4096)));
    }

    @Override
    public SecretLookup<CramSecret> cram(String user) throws IOException {
        check();
        if (withoutSecrets.contains(user)) {
            return new SecretLookup.NoSecret<>();
        }
        String password = passwords.get(user);
        return password == null
                ? new SecretLookup.UnknownUser<>()
                : new SecretLookup.Found<>(CramSecret.derive(password.toCharArray()));
    }

    @Override
    public boolean mayActAs(String user, String authorizationIdentity) throws IOException {
        check();
        return authorizationIdentity.equals(deputies.get(user));
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("directory is down");
        }
    }

    SaslServers servers() {
        return servers(LAX);
    }

    SaslServers servers(MechanismPolicy policy) {
        return new SaslServers(this, policy, UNKNOWN, RANDOM, CLOCK);
    }
}
