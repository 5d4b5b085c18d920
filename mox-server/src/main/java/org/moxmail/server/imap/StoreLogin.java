package org.moxmail.server.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.ImapLogin;
import org.moxmail.imap.server.LoginResult;
import org.moxmail.server.auth.Login;
import org.moxmail.server.auth.LoginExchanges;
import org.moxmail.server.auth.LoginFailure;
import org.moxmail.store.Store;
import org.moxmail.store.StoreException;

/** One connection's login. */
final class StoreLogin implements ImapLogin {
    private final LoginExchanges exchanges;
    private final Store store;

    StoreLogin(LoginExchanges exchanges, Store store) {
        this.exchanges = exchanges;
        this.store = store;
    }

    @Override
    public List<String> mechanisms(@Nullable SSLSession tls) {
        return exchanges.mechanisms(tls);
    }

    @Override
    public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
        return exchanges.start(mechanism, tls);
    }

    @Override
    public LoginResult complete(SaslServer exchange) {
        Optional<Login> login = exchanges.complete(exchange);
        if (login.isEmpty()) {
            return refused(LoginFailure.CREDENTIALS);
        }
        try {
            return new LoginResult.Accepted(
                    new StoreAccountMail(store.account(login.get().account())));
        } catch (IOException | StoreException e) {
            exchanges.failed(exchange.getMechanismName(), new SaslException("the account can't be opened", e));
            return refused(LoginFailure.TEMPORARY);
        }
    }

    @Override
    public LoginResult.Refused failed(String mechanism, SaslException cause) {
        return refused(exchanges.failed(mechanism, cause));
    }

    private static LoginResult.Refused refused(LoginFailure failure) {
        // RFC 5530 §3.
        String code = switch (failure) {
            case CREDENTIALS, CHANNEL_BINDING -> "AUTHENTICATIONFAILED";
            case AUTHORIZATION -> "AUTHORIZATIONFAILED";
            case TEMPORARY, TOO_MANY -> "UNAVAILABLE";
            case MALFORMED, ABORTED -> null;
        };
        boolean malformed = failure == LoginFailure.MALFORMED || failure == LoginFailure.ABORTED;
        return new LoginResult.Refused(code, failure.text(), malformed);
    }

    @Override
    public Duration delay(int failures) {
        return exchanges.delay(failures);
    }

    @Override
    public void close() {
        // Accepted mail belongs to the engine; there is nothing else.
    }
}
