package org.moxmail.store;

/** What a stored secret proves. Numbers are on disk for ever. */
public enum SecretKind {
    ARGON2ID(1),
    SCRAM_SHA_1(2),
    SCRAM_SHA_256(3),
    CRAM_MD5(4);

    private final int number;

    SecretKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
