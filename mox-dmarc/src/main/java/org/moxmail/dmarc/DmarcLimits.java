package org.moxmail.dmarc;

/**
 * What an evaluation may cost.
 *
 * @param authorDomains domains in From that are evaluated, RFC 9989 §11.5; with more the result is a permerror, since an
 *     evaluation of some would be incomplete
 * @param walks authenticated domains of a message whose organizational domains are looked up, eight queries each at most (RFC 9989
 *     §4.10); more are not aligned, except those that are the author's domain itself
 */
public record DmarcLimits(int authorDomains, int walks) {
    /** The RFC's one author, and 20 walks. */
    public static final DmarcLimits DEFAULT = new DmarcLimits(1, 20);

    public DmarcLimits {
        if (authorDomains < 1 || walks < 0) {
            throw new IllegalArgumentException("no author, or fewer than no walks");
        }
    }
}
