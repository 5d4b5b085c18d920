package org.moxmail.server.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.sasl.AbortedException;
import org.moxmail.sasl.AuthorizationException;
import org.moxmail.sasl.ChannelBindingException;
import org.moxmail.sasl.CredentialsException;
import org.moxmail.sasl.MechanismUnavailableException;
import org.moxmail.sasl.SaslConnection;
import org.moxmail.sasl.SaslServers;
import org.moxmail.sasl.TemporaryFailureException;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.log.Log;

/** The attempts to log in on one connection, in the shape that both protocol engines ask for. One thread. */
public final class LoginExchanges {
    /** So many failures are forgiven; after each further one the next attempt waits a second longer. */
    private static final int FREE_FAILURES = 3;

    private final LoginPeer peer;
    private final DnsName hostName;
    private final SaslServers servers;
    private final Directory directory;
    private final FailedLogins failedLogins;
    private final Log log;

    LoginExchanges(
            LoginPeer peer,
            DnsName hostName,
            SaslServers servers,
            Directory directory,
            FailedLogins failedLogins,
            Log log) {
        this.peer = peer;
        this.hostName = hostName;
        this.servers = servers;
        this.directory = directory;
        this.failedLogins = failedLogins;
        this.log = log.with("cid", peer.id()).with("protocol", peer.protocol());
    }

    /** Mechanisms that can be used now, best first. */
    public List<String> mechanisms(@Nullable SSLSession tls) {
        return servers.names(connection(tls));
    }

    /** Starts an exchange. */
    public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
        if (!failedLogins.mayTry(peer.address())) {
            throw new TooManyFailuresException();
        }
        return servers.start(mechanism, connection(tls));
    }

    private SaslConnection connection(@Nullable SSLSession tls) {
        return SaslConnection.of(hostName.ascii(), tls);
    }

    /** Who a complete exchange let in; nobody when the account went away meanwhile. */
    public Optional<Login> complete(SaslServer exchange) {
        String mechanism = exchange.getMechanismName();
        Optional<Login> login = directory
                .holder(exchange.getAuthorizationID())
                .map(holder -> new Login(holder.account(), holder.address(), Scope.FULL));
        if (login.isEmpty()) {
            log.warn("login of an account that is gone", "mechanism", mechanism);
            return login;
        }
        failedLogins.succeeded(peer.address());
        log.info(
                "login",
                "account",
                login.get().account(),
                "address",
                login.get().address(),
                "mechanism",
                mechanism);
        return login;
    }

    /** What a failed exchange means; counts it against the peer when it was a guess. */
    public LoginFailure failed(String mechanism, SaslException cause) {
        LoginFailure failure = classify(cause);
        // A user without a secret for the mechanism was asked something that nobody could have answered.
        boolean guess = cause instanceof AuthenticationException && !(cause instanceof MechanismUnavailableException);
        if (guess) {
            failedLogins.failed(peer.address());
        }
        if (failure == LoginFailure.TEMPORARY) {
            log.error("login failed", cause, "mechanism", mechanism);
        } else {
            String user =
                    cause instanceof CredentialsException known ? known.user().orElse("-") : "-";
            log.info("login failed", "mechanism", mechanism, "user", user, "reason", failure.text());
        }
        return failure;
    }

    private static LoginFailure classify(SaslException cause) {
        return switch (cause) {
            case TooManyFailuresException tooMany -> LoginFailure.TOO_MANY;
            case ChannelBindingException binding -> LoginFailure.CHANNEL_BINDING;
            case AuthorizationException authorization -> LoginFailure.AUTHORIZATION;
            case AuthenticationException credentials -> LoginFailure.CREDENTIALS;
            case TemporaryFailureException temporary -> LoginFailure.TEMPORARY;
            case AbortedException aborted -> LoginFailure.ABORTED;
            default -> LoginFailure.MALFORMED;
        };
    }

    /** How long the next attempt waits after so many failures on the connection. */
    public Duration delay(int failures) {
        return Duration.ofSeconds(Math.max(0, failures - FREE_FAILURES));
    }
}
