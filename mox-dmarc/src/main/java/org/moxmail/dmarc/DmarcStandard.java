package org.moxmail.dmarc;

/** By which standard records are discovered, read and applied. */
public enum DmarcStandard {
    /** RFC 9989: tree walk, {@code np}, {@code psd} and {@code t}; {@code pct}, {@code rf} and {@code ri} don't count. */
    RFC9989,
    /** RFC 7489, which it replaced: public suffix list and {@code pct}; {@code np}, {@code psd} and {@code t} are unknown. */
    RFC7489
}
