package org.moxmail.spf;

import java.time.Duration;
import java.util.Objects;

/**
 * What an evaluation may cost, RFC 7208 §4.6.4. Except for the last two the values are the RFC's, and changing them changes what
 * "permerror" means.
 *
 * @param lookups terms of all records together that ask the DNS, and {@code p} macros; one more is a permerror
 * @param voidLookups of these terms, those that get nothing; one more is a permerror
 * @param mxNames hosts of one mx mechanism whose addresses are looked up; one more is a permerror
 * @param ptrNames names of the client that are considered; more are ignored
 * @param explanation chars of an explanation, RFC 7208 §6.2; a longer one is cut
 * @param total time for the whole evaluation, counted before each lookup, so that it may be exceeded by what one lookup takes;
 *     beyond it the result is a temperror
 */
public record SpfLimits(int lookups, int voidLookups, int mxNames, int ptrNames, int explanation, Duration total) {
    /** The values of RFC 7208; explanations of 512 chars, 20 seconds. */
    public static final SpfLimits RFC7208 = new SpfLimits(10, 2, 10, 10, 512, Duration.ofSeconds(20));

    public SpfLimits {
        if (lookups < 0 || voidLookups < 0 || mxNames < 0 || ptrNames < 0 || explanation < 0) {
            throw new IllegalArgumentException("a negative limit");
        }
        Objects.requireNonNull(total);
    }
}
