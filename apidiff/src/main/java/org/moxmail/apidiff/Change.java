package org.moxmail.apidiff;

/**
 * One difference between two APIs.
 *
 * @param place the module, package, class or member, as a reader looks for it
 * @param text what happened to it
 */
record Change(Verdict verdict, String place, String text) {
    enum Verdict {
        /** What was compiled against the old one runs on, and compiles again. */
        COMPATIBLE("compatible"),
        /** What was compiled runs on, but may not compile again, or a check of nullness finds fault with it. */
        SOURCE("source-incompatible"),
        /** What was compiled may fail. */
        INCOMPATIBLE("incompatible");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    boolean breaks() {
        return verdict != Verdict.COMPATIBLE;
    }

    String print() {
        return verdict.word + ": " + place + ": " + text;
    }
}
