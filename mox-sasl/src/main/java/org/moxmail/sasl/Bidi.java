package org.moxmail.sasl;

/** The Bidi rule of RFC 5893 §2, which names without right-to-left characters satisfy always (RFC 8265 §3.3.1). */
final class Bidi {
    private Bidi() {}

    private static boolean rightToLeft(String label) {
        return label.codePoints().anyMatch(c -> {
            byte direction = Character.getDirectionality(c);
            return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                    || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
        });
    }

    static boolean satisfied(String label) {
        if (!rightToLeft(label)) {
            return true;
        }
        int[] points = label.codePoints().toArray();
        int end = points.length;
        while (end > 0 && Character.getDirectionality(points[end - 1]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
            end--;
        }
        if (end == 0) {
            return false;
        }
        byte last = Character.getDirectionality(points[end - 1]);
        return switch (Character.getDirectionality(points[0])) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                satisfiedFromRight(points, last);
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> satisfiedFromLeft(points, last);
            default -> false; // rule 1
        };
    }

    private static boolean satisfiedFromRight(int[] points, byte last) {
        boolean european = false;
        boolean arabic = false;
        for (int point : points) {
            switch (Character.getDirectionality(point)) {
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> european = true;
                case Character.DIRECTIONALITY_ARABIC_NUMBER -> arabic = true;
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {}
                default -> {
                    if (!neutral(point)) {
                        return false; // rule 2
                    }
                }
            }
        }
        boolean ending = last == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || last == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
                || last == Character.DIRECTIONALITY_ARABIC_NUMBER;
        return ending && !(european && arabic); // rules 3, 4
    }

    private static boolean satisfiedFromLeft(int[] points, byte last) {
        for (int point : points) {
            byte direction = Character.getDirectionality(point);
            if (direction != Character.DIRECTIONALITY_LEFT_TO_RIGHT
                    && direction != Character.DIRECTIONALITY_EUROPEAN_NUMBER
                    && !neutral(point)) {
                return false; // rule 5
            }
        }
        return last == Character.DIRECTIONALITY_LEFT_TO_RIGHT
                || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER; // rule 6
    }

    /** Classes ES, CS, ET, ON, BN, NSM, allowed inside of either direction. */
    private static boolean neutral(int point) {
        return switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                    Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
                    Character.DIRECTIONALITY_NONSPACING_MARK -> true;
            default -> false;
        };
    }
}
