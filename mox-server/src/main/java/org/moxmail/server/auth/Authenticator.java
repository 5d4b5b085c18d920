package org.moxmail.server.auth;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.sasl.MechanismPolicy;
import org.moxmail.sasl.PreparationException;
import org.moxmail.sasl.SaslMechanism;
import org.moxmail.sasl.SaslServers;
import org.moxmail.sasl.UnknownUsers;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.log.Log;
import org.moxmail.store.Account;
import org.moxmail.store.Secret;
import org.moxmail.store.SecretKind;
import org.moxmail.store.Store;
import org.moxmail.time.Timing;

/** Lets users in. Safe for many threads. */
public final class Authenticator {
    private final DnsName hostName;
    private final Directory directory;
    private final Store store;
    private final FailedLogins failedLogins;
    private final Passwords passwords;
    private final SaslServers privately;
    private final SaslServers anywhere;
    private final Log log;

    /**
     * @param unknownUserKey a secret that stays the same over restarts, so that users who don't exist look like others
     */
    public Authenticator(
            DnsName hostName,
            Directory directory,
            Store store,
            FailedLogins failedLogins,
            PasswordSettings settings,
            byte[] unknownUserKey,
            Timing timing,
            SecureRandom random,
            Log log) {
        this.hostName = hostName;
        this.directory = directory;
        this.store = store;
        this.failedLogins = failedLogins;
        this.log = log;
        passwords = new Passwords(settings, timing, random);
        StoreCredentials credentials = new StoreCredentials(directory, store, passwords);
        UnknownUsers unknownUsers = new UnknownUsers(unknownUserKey);
        privately = new SaslServers(credentials, policy(false), unknownUsers, random, timing);
        anywhere = new SaslServers(credentials, policy(true), unknownUsers, random, timing);
    }

    private static MechanismPolicy policy(boolean plaintextPasswords) {
        // No client certificates are asked for, so nobody can vouch for EXTERNAL.
        Set<SaslMechanism> mechanisms = EnumSet.complementOf(EnumSet.of(SaslMechanism.EXTERNAL));
        return new MechanismPolicy(mechanisms, plaintextPasswords);
    }

    /**
     * Gives an account a password; the one before is good for nothing from then on.
     *
     * @throws PreparationException when it has characters that passwords can't have
     * @throws IllegalArgumentException when it is too short
     */
    public void setPassword(String account, char[] password) throws IOException, PreparationException {
        List<Secret> secrets = passwords.derive(password);
        try (Account opened = store.account(account)) {
            opened.write(view -> {
                view.secrets(secrets);
                return secrets.size();
            });
        }
        log.info("password set", "account", account);
    }

    /** Whether an account has a password. */
    public boolean hasPassword(String account) throws IOException {
        try (Account opened = store.account(account)) {
            return opened.read(view -> view.secret(SecretKind.ARGON2ID)).isPresent();
        }
    }

    /**
     * The logins of one connection.
     *
     * @param plaintextPasswords whether a password may be sent without TLS
     */
    public LoginExchanges exchanges(LoginPeer peer, boolean plaintextPasswords) {
        return new LoginExchanges(
                peer, hostName, plaintextPasswords ? anywhere : privately, directory, failedLogins, log);
    }
}
