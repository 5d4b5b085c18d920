package org.moxmail.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** The messages of SCRAM by the grammar of RFC 5802 §7. What isn't of the grammar is a SaslException. */
final class ScramMessage {
    private static final int NONCE_OCTETS = 18;

    private ScramMessage() {}

    /** A new nonce or part of one. */
    static String nonce(SecureRandom random) {
        byte[] unique = new byte[NONCE_OCTETS];
        random.nextBytes(unique);
        return encode(unique);
    }

    /**
     * {@code client-first-message}.
     *
     * @param gs2Header with its last comma
     * @param flag {@code n}, {@code y} or {@code p}
     * @param bindingType of the flag {@code p}, else null
     * @param bare what follows the header
     * @param mandatoryExtension an {@code m} attribute is there, which nobody knows
     */
    record ClientFirst(
            String gs2Header,
            char flag,
            @Nullable String bindingType,
            String authorizationId,
            String bare,
            String user,
            String nonce,
            boolean mandatoryExtension) {
        static ClientFirst parse(String message) throws SaslException {
            int flagEnd = message.indexOf(',');
            int headerEnd = message.indexOf(',', flagEnd + 1);
            if (flagEnd < 1 || headerEnd < 0) {
                throw new SaslException("SCRAM message without GS2 header");
            }
            String flag = message.substring(0, flagEnd);
            String bindingType = flag.startsWith("p=") ? bindingName(flag.substring(2)) : null;
            if (bindingType == null && !flag.equals("n") && !flag.equals("y")) {
                throw new SaslException("SCRAM message with an unknown channel binding flag");
            }
            String authorization = message.substring(flagEnd + 1, headerEnd);
            String authorizationId = authorization.isEmpty() ? "" : name(value(authorization, 'a'));
            String header = message.substring(0, headerEnd + 1);
            String bare = message.substring(headerEnd + 1);
            String[] attributes = bare.split(",", -1);
            if (attributes[0].startsWith("m=")) {
                return new ClientFirst(header, flag.charAt(0), bindingType, authorizationId, bare, "", "", true);
            }
            if (attributes.length < 2) {
                throw new SaslException("SCRAM message without user and nonce");
            }
            String user = name(value(attributes[0], 'n'));
            String nonce = printable(value(attributes[1], 'r'));
            boolean mandatory = extensions(attributes, 2, attributes.length);
            return new ClientFirst(header, flag.charAt(0), bindingType, authorizationId, bare, user, nonce, mandatory);
        }
    }

    /** {@code server-first-message}. */
    record ServerFirst(String nonce, byte[] salt, int iterations, boolean mandatoryExtension) {
        static ServerFirst parse(String message) throws SaslException {
            String[] attributes = message.split(",", -1);
            if (attributes[0].startsWith("m=")) {
                return new ServerFirst("", new byte[0], 0, true);
            }
            if (attributes.length < 3) {
                throw new SaslException("SCRAM message without nonce, salt and iterations");
            }
            String nonce = printable(value(attributes[0], 'r'));
            byte[] salt = base64(value(attributes[1], 's'));
            int iterations = number(value(attributes[2], 'i'));
            return new ServerFirst(nonce, salt, iterations, extensions(attributes, 3, attributes.length));
        }
    }

    /** {@code client-final-message}. */
    record ClientFinal(
            byte[] bindingInput, String nonce, byte[] proof, String withoutProof, boolean mandatoryExtension) {
        static ClientFinal parse(String message) throws SaslException {
            String[] attributes = message.split(",", -1);
            if (attributes.length < 3) {
                throw new SaslException("SCRAM message without binding, nonce and proof");
            }
            int last = attributes.length - 1;
            return new ClientFinal(
                    base64(value(attributes[0], 'c')),
                    printable(value(attributes[1], 'r')),
                    base64(value(attributes[last], 'p')),
                    message.substring(0, message.lastIndexOf(',')),
                    extensions(attributes, 2, last));
        }
    }

    /** {@code server-final-message}: one of the two is there. */
    record ServerFinal(byte @Nullable [] verifier, @Nullable String error) {
        static ServerFinal parse(String message) throws SaslException {
            String[] attributes = message.split(",", -1);
            extensions(attributes, 1, attributes.length);
            return attributes[0].startsWith("e=")
                    ? new ServerFinal(null, value(attributes[0], 'e'))
                    : new ServerFinal(base64(value(attributes[0], 'v')), null);
        }
    }

    private static String value(String attribute, char name) throws SaslException {
        if (attribute.length() < 3 || attribute.charAt(0) != name || attribute.charAt(1) != '=') {
            // "s=" and "p=" with nothing behind aren't values either: value is 1*value-char.
            throw new SaslException("SCRAM message without attribute " + name + " in its place");
        }
        if (attribute.indexOf('\0') >= 0) {
            throw new SaslException("SCRAM message with NUL");
        }
        return attribute.substring(2);
    }

    /** Checks attributes that nobody knows. @return whether one of them is mandatory to know */
    private static boolean extensions(String[] attributes, int from, int to) throws SaslException {
        boolean mandatory = false;
        for (int i = from; i < to; i++) {
            char name = attributes[i].isEmpty() ? '\0' : attributes[i].charAt(0);
            if (!(name >= 'a' && name <= 'z' || name >= 'A' && name <= 'Z')) {
                throw new SaslException("SCRAM message with something that is no attribute");
            }
            mandatory |= !value(attributes[i], name).isEmpty() && name == 'm';
        }
        return mandatory;
    }

    private static String bindingName(String name) throws SaslException {
        if (name.isEmpty()) {
            throw new SaslException("SCRAM message with an empty channel binding type");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-')) {
                throw new SaslException("SCRAM message with a malformed channel binding type");
            }
        }
        return name;
    }

    private static String printable(String nonce) throws SaslException {
        for (int i = 0; i < nonce.length(); i++) {
            if (nonce.charAt(i) < 0x21 || nonce.charAt(i) > 0x7e) {
                throw new SaslException("SCRAM message with a nonce that isn't printable");
            }
        }
        return nonce;
    }

    /** {@code saslname}: only comma and equals sign are escaped, and only so. */
    private static String name(String escaped) throws SaslException {
        StringBuilder name = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '=') {
                name.append(c);
            } else if (escaped.startsWith("2C", i + 1)) {
                name.append(',');
                i += 2;
            } else if (escaped.startsWith("3D", i + 1)) {
                name.append('=');
                i += 2;
            } else {
                throw new SaslException("SCRAM message with a malformed name");
            }
        }
        return name.toString();
    }

    static String escape(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    private static byte[] base64(String encoded) throws SaslException {
        // The JDK's decoder takes input without padding, RFC 5802's grammar doesn't.
        if (encoded.length() % 4 != 0) {
            throw new SaslException("SCRAM message with malformed base64");
        }
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new SaslException("SCRAM message with malformed base64", e);
        }
    }

    private static int number(String digits) throws SaslException {
        if (digits.charAt(0) < '1' || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SaslException("SCRAM message with a malformed number");
        }
        // What doesn't fit is above any limit.
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
