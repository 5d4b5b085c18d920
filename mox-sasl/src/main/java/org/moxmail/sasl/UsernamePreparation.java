package org.moxmail.sasl;

import java.text.Normalizer;
import java.util.Locale;

/** PRECIS profiles for (parts of) user names, RFC 8265 §3. The mechanisms don't apply them: the owner of the accounts may. */
public enum UsernamePreparation {
    /** UsernameCaseMapped, §3.3: what differs in case only is the same. */
    CASE_MAPPED,
    /** UsernameCasePreserved, §3.4. */
    CASE_PRESERVED;

    /**
     * The name prepared.
     *
     * @throws PreparationException when the profile disallows the name
     */
    public String enforce(String name) throws PreparationException {
        int[] points = widthMapped(name).codePoints().toArray();
        Precis.requireIdentifier(points);
        String mapped = new String(points, 0, points.length);
        if (this == CASE_MAPPED) {
            mapped = mapped.toLowerCase(Locale.ROOT);
        }
        String prepared = Normalizer.normalize(mapped, Normalizer.Form.NFC);
        if (prepared.isEmpty()) {
            throw new PreparationException("it is empty");
        }
        if (!Bidi.satisfied(prepared)) {
            throw new PreparationException("writing directions are mixed");
        }
        return prepared;
    }

    /** §3.3.1 rule 1: full-width and half-width characters become ordinary ones. */
    private static String widthMapped(String name) {
        StringBuilder mapped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0x3000 || (c >= 0xFF01 && c <= 0xFFEE)) {
                mapped.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC));
            } else {
                mapped.append(c);
            }
        }
        return mapped.toString();
    }
}
