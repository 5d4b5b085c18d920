package org.moxmail.server.auth;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.moxmail.sasl.CramSecret;
import org.moxmail.sasl.Credentials;
import org.moxmail.sasl.PasswordOutcome;
import org.moxmail.sasl.ScramHash;
import org.moxmail.sasl.ScramSecret;
import org.moxmail.sasl.SecretLookup;
import org.moxmail.server.directory.Directory;
import org.moxmail.store.Account;
import org.moxmail.store.Secret;
import org.moxmail.store.SecretKind;
import org.moxmail.store.Store;
import org.moxmail.store.StoreException;

/** What SASL mechanisms ask about users, answered from the accounts. Safe for many threads. */
final class StoreCredentials implements Credentials {
    private final Directory directory;
    private final Store store;
    private final Passwords passwords;

    StoreCredentials(Directory directory, Store store, Passwords passwords) {
        this.directory = directory;
        this.store = store;
        this.passwords = passwords;
    }

    @Override
    public PasswordOutcome verifyPassword(String user, char[] password) throws IOException {
        Optional<Directory.Holder> holder = directory.holder(user);
        Optional<Secret> stored =
                holder.isPresent() ? secret(holder.get().account(), SecretKind.ARGON2ID) : Optional.empty();
        return passwords.verify(password, stored.orElse(null)) ? PasswordOutcome.VERIFIED : PasswordOutcome.REFUSED;
    }

    @Override
    public SecretLookup<ScramSecret> scram(ScramHash hash, String user) throws IOException {
        SecretKind kind = switch (hash) {
            case SHA_1 -> SecretKind.SCRAM_SHA_1;
            case SHA_256 -> SecretKind.SCRAM_SHA_256;
        };
        return lookup(user, kind, ScramSecret::fromBytes);
    }

    @Override
    public SecretLookup<CramSecret> cram(String user) throws IOException {
        return lookup(user, SecretKind.CRAM_MD5, CramSecret::fromBytes);
    }

    private <S> SecretLookup<S> lookup(String user, SecretKind kind, Function<byte[], S> read) throws IOException {
        Optional<Directory.Holder> holder = directory.holder(user);
        if (holder.isEmpty()) {
            return new SecretLookup.UnknownUser<>();
        }
        return secret(holder.get().account(), kind)
                .map(secret -> read.apply(secret.octets()))
                .<SecretLookup<S>>map(SecretLookup.Found::new)
                .orElseGet(SecretLookup.NoSecret::new);
    }

    private Optional<Secret> secret(String name, SecretKind kind) throws IOException {
        try (Account account = store.account(name)) {
            return account.read(view -> view.secret(kind));
        } catch (StoreException e) {
            throw new IOException("account " + name + " can't be read", e);
        }
    }
}
