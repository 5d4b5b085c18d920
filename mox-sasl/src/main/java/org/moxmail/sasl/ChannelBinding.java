package org.moxmail.sasl;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A channel binding of a TLS connection: its type and the data that both ends have (RFC 5056). Immutable.
 *
 * <p>{@code tls-unique} isn't among them: the JDK doesn't give the Finished messages away.
 */
public final class ChannelBinding {
    /** Keying material of the connection itself, RFC 9266. Only TLS 1.3, and only on a JDK that exports it (25). */
    public static final String TLS_EXPORTER = "tls-exporter";

    /** The hash of the server's certificate, RFC 5929 §4. */
    public static final String TLS_SERVER_END_POINT = "tls-server-end-point";

    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_OCTETS = 32;
    private static final @Nullable Method EXPORT = exportMethod();

    private final String type;
    private final byte[] data;

    /** For an application that has the data by other means. */
    public ChannelBinding(String type, byte[] data) {
        if (data.length == 0) {
            throw new IllegalArgumentException("channel binding without data");
        }
        this.type = type;
        this.data = data.clone();
    }

    /** The registered name of the type. */
    public String type() {
        return type;
    }

    /** The data, a copy. */
    public byte[] data() {
        return data.clone();
    }

    /** The bindings a server has for a session whose handshake is done, preferred first. */
    public static List<ChannelBinding> ofServer(SSLSession session) {
        return of(session, session.getLocalCertificates());
    }

    /** The bindings a client has for a session whose handshake is done, preferred first. */
    public static List<ChannelBinding> ofClient(SSLSession session) {
        try {
            return of(session, session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return of(session, null);
        }
    }

    private static List<ChannelBinding> of(SSLSession session, Certificate @Nullable [] serverChain) {
        List<ChannelBinding> bindings = new ArrayList<>();
        exporter(session).ifPresent(bindings::add);
        if (serverChain != null && serverChain.length > 0 && serverChain[0] instanceof X509Certificate certificate) {
            serverEndPoint(certificate).ifPresent(bindings::add);
        }
        return List.copyOf(bindings);
    }

    private static @Nullable Method exportMethod() {
        try {
            // JDK 25; this library runs on 21, too.
            return ExtendedSSLSession.class.getMethod(
                    "exportKeyingMaterialData", String.class, byte[].class, int.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Optional<ChannelBinding> exporter(SSLSession session) {
        // RFC 9266 §3: below TLS 1.3 only with the extended master secret, which the JDK doesn't tell.
        if (EXPORT == null
                || !(session instanceof ExtendedSSLSession)
                || !session.getProtocol().equals("TLSv1.3")) {
            return Optional.empty();
        }
        try {
            // An empty context, not none: RFC 9266 §2.
            Object data = EXPORT.invoke(session, EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS);
            return data instanceof byte[] octets
                    ? Optional.of(new ChannelBinding(TLS_EXPORTER, octets))
                    : Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            // A session of another provider, or one that was invalidated: no binding to be had.
            return Optional.empty();
        }
    }

    /** RFC 5929 §4.1; empty when the certificate's signature has no single hash function. */
    static Optional<ChannelBinding> serverEndPoint(X509Certificate certificate) {
        try {
            byte[] encoded = certificate.getEncoded();
            return signatureHash(certificate)
                    .map(hash -> new ChannelBinding(TLS_SERVER_END_POINT, Octets.hash(hash, encoded)));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> signatureHash(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (algorithm.equals("RSASSA-PSS")) {
            return pssHash(certificate);
        }
        int with = algorithm.indexOf("WITH");
        return with < 0 ? Optional.empty() : bindingHash(algorithm.substring(0, with));
    }

    private static Optional<String> pssHash(X509Certificate certificate) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return bindingHash(parameters
                    .getParameterSpec(PSSParameterSpec.class)
                    .getDigestAlgorithm()
                    .replace("-", ""));
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> bindingHash(String name) {
        return switch (name) {
            case "MD5", "SHA1", "SHA", "SHA256" -> Optional.of("SHA-256");
            case "SHA224" -> Optional.of("SHA-224");
            case "SHA384" -> Optional.of("SHA-384");
            case "SHA512" -> Optional.of("SHA-512");
            case "SHA3-256", "SHA3256" -> Optional.of("SHA3-256");
            case "SHA3-384", "SHA3384" -> Optional.of("SHA3-384");
            case "SHA3-512", "SHA3512" -> Optional.of("SHA3-512");
            default -> Optional.empty();
        };
    }

    /** The type; the data is nobody's business. */
    @Override
    public String toString() {
        return "ChannelBinding[" + type + "]";
    }
}
