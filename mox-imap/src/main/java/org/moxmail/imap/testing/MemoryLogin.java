package org.moxmail.imap.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.ImapLogin;
import org.moxmail.imap.server.LoginResult;

/** Lets in whoever knows a password. */
final class MemoryLogin implements ImapLogin {
    private final MemoryBackend backend;

    MemoryLogin(MemoryBackend backend) {
        this.backend = backend;
    }

    @Override
    public List<String> mechanisms(@Nullable SSLSession tls) {
        return tls == null && backend.plaintextRefused() ? List.of() : List.of("PLAIN");
    }

    @Override
    public SaslServer start(String mechanism, @Nullable SSLSession tls) throws SaslException {
        if (!mechanism.equals("PLAIN")) {
            throw new SaslException("no mechanism " + mechanism);
        }
        return new Plain(backend);
    }

    @Override
    public LoginResult complete(SaslServer exchange) {
        MemoryAccount account = backend.find(exchange.getAuthorizationID());
        return account == null
                ? new LoginResult.Refused(null, "the account is gone", false)
                : new LoginResult.Accepted(new MemoryMail(account));
    }

    @Override
    public LoginResult.Refused failed(String mechanism, SaslException cause) {
        return cause instanceof AuthenticationException
                ? new LoginResult.Refused("AUTHENTICATIONFAILED", "wrong user or password", false)
                : new LoginResult.Refused(null, String.valueOf(cause.getMessage()), true);
    }

    @Override
    public Duration delay(int failures) {
        return failures > 3 ? Duration.ofSeconds(failures - 3L) : Duration.ZERO;
    }

    @Override
    public void close() {
        backend.loginClosed();
    }

    /** The server's side of PLAIN, RFC 4616. */
    private static final class Plain implements SaslServer {
        private final MemoryBackend backend;
        private @Nullable String user;

        Plain(MemoryBackend backend) {
            this.backend = backend;
        }

        @Override
        public String getMechanismName() {
            return "PLAIN";
        }

        @Override
        public byte @Nullable [] evaluateResponse(byte[] response) throws SaslException {
            String[] fields = new String(response, StandardCharsets.UTF_8).split("\0", -1);
            Arrays.fill(response, (byte) 0);
            if (fields.length != 3 || fields[1].isEmpty()) {
                throw new SaslException("PLAIN has three fields");
            }
            if (!fields[0].isEmpty() && !fields[0].equals(fields[1])) {
                throw new AuthenticationException("one user can't act for another");
            }
            if (!backend.passwordMatches(fields[1], fields[2])) {
                throw new AuthenticationException("wrong user or password");
            }
            user = fields[1];
            return null;
        }

        @Override
        public boolean isComplete() {
            return user != null;
        }

        @Override
        public String getAuthorizationID() {
            if (user == null) {
                throw new IllegalStateException("the exchange isn't complete");
            }
            return user;
        }

        @Override
        public byte[] unwrap(byte[] incoming, int offset, int length) {
            throw new IllegalStateException("PLAIN has no security layer");
        }

        @Override
        public byte[] wrap(byte[] outgoing, int offset, int length) {
            throw new IllegalStateException("PLAIN has no security layer");
        }

        @Override
        public @Nullable Object getNegotiatedProperty(String name) {
            return null;
        }

        @Override
        public void dispose() {
            user = null;
        }
    }
}
