package org.moxmail.sasl;

import java.nio.CharBuffer;
import java.text.Normalizer;

/**
 * How a password's text is brought into the form whose UTF-8 octets are hashed. For passwords in ASCII without control
 * characters all are the same.
 */
public enum PasswordPreparation {
    /** PRECIS OpaqueString, RFC 8265 §4.2: other spaces become spaces, normalisation form C. */
    OPAQUE_STRING,
    /**
     * SASLprep, RFC 4013, as RFC 5802 has it: normalisation form KC and more. Characters younger than Unicode 3.2 are
     * disallowed, as in stored strings.
     */
    SASLPREP,
    /** As it is. */
    NONE;

    /**
     * The password prepared, in a new array.
     *
     * @throws PreparationException when the profile disallows the password; an empty one is always disallowed
     */
    public char[] enforce(char[] password) throws PreparationException {
        if (password.length == 0) {
            throw new PreparationException("it is empty");
        }
        if (this == NONE || printable(password)) {
            return password.clone();
        }
        CharSequence text = CharBuffer.wrap(password);
        String prepared = this == SASLPREP ? SaslprepProfile.prepare(text) : opaque(text);
        if (prepared.isEmpty()) {
            throw new PreparationException("nothing is left of it");
        }
        return prepared.toCharArray();
    }

    /**
     * As {@link #enforce}, but a password that is disallowed comes back as it is: what somebody once could set must go on
     * working, so verifiers and clients use this.
     */
    public char[] prepare(char[] password) {
        try {
            return enforce(password);
        } catch (PreparationException e) {
            return password.clone();
        }
    }

    /** What no profile changes or disallows. */
    private static boolean printable(char[] password) {
        for (char c : password) {
            if (c < 0x20 || c > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static String opaque(CharSequence text) throws PreparationException {
        int[] points = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            // RFC 8265 §4.2.1: spaces are mapped, and ASCII's own is allowed in the FreeformClass.
            if (Character.getType(points[i]) == Character.SPACE_SEPARATOR) {
                points[i] = ' ';
            }
        }
        Precis.requireFreeform(points);
        return Normalizer.normalize(new String(points, 0, points.length), Normalizer.Form.NFC);
    }
}
