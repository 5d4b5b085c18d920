package org.moxmail.sasl;

import java.text.Normalizer;
import java.util.Locale;
import org.moxmail.sasl.PreparationTable.Saslprep;

/** The SASLprep profile of stringprep, RFC 4013, for stored strings. */
final class SaslprepProfile {
    private static final PreparationTable TABLE = PreparationTable.INSTANCE;

    private SaslprepProfile() {}

    static String prepare(CharSequence text) throws PreparationException {
        StringBuilder mapped = new StringBuilder(text.length());
        int[] points = text.codePoints().toArray();
        for (int point : points) {
            switch (TABLE.saslprep(point)) {
                case NOTHING -> {}
                case SPACE -> mapped.append(' ');
                case ALLOWED, PROHIBITED, UNASSIGNED -> mapped.appendCodePoint(point);
            }
        }
        String normalized = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        int[] result = normalized.codePoints().toArray();
        for (int point : result) {
            if (TABLE.saslprep(point) != Saslprep.ALLOWED) {
                throw new PreparationException(String.format(Locale.ROOT, "character U+%04X isn't allowed", point));
            }
        }
        requireOneDirection(result);
        return normalized;
    }

    /** RFC 3454 §6. */
    private static void requireOneDirection(int[] points) throws PreparationException {
        boolean rightToLeft = false;
        boolean leftToRight = false;
        for (int point : points) {
            rightToLeft |= isRightToLeft(point);
            leftToRight |= Character.getDirectionality(point) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
        }
        if (rightToLeft && (leftToRight || !isRightToLeft(points[0]) || !isRightToLeft(points[points.length - 1]))) {
            throw new PreparationException("writing directions are mixed");
        }
    }

    private static boolean isRightToLeft(int point) {
        byte direction = Character.getDirectionality(point);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
