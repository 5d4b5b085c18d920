package org.moxmail.dns;

import java.util.Objects;

/**
 * A certificate association, RFC 6698 §2.1. Numbers that no standard knows are kept: what they mean, and whether the record
 * is usable, is for the verifier to say.
 *
 * @param usage certificate usage, 0 to 255
 * @param selector 0 for the whole certificate, 1 for its public key, others up to 255
 * @param matchingType 0 for the data itself, 1 for SHA-256, 2 for SHA-512, others up to 255
 * @param data the certificate association data
 */
public record TlsaRecord(int usage, int selector, int matchingType, Bytes data) {
    public TlsaRecord {
        if (((usage | selector | matchingType) & ~0xff) != 0) {
            throw new IllegalArgumentException("usage, selector or matching type out of range");
        }
        Objects.requireNonNull(data);
    }

    /** The record as a zone file has it, such as {@code 3 1 1 0a1b…}, RFC 6698 §2.2. */
    @Override
    public String toString() {
        return usage + " " + selector + " " + matchingType + " " + data;
    }
}
