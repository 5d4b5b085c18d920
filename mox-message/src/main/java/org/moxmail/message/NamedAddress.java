package org.moxmail.message;

import java.util.Objects;

/**
 * An address with the name of whom it belongs to, RFC 5322 §3.4: {@code name-addr}, or {@code addr-spec} when the name is
 * empty.
 *
 * @param name decoded, as people read it
 */
public record NamedAddress(String name, Address address) {
    public NamedAddress {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }

    /** An address without a name. */
    public static NamedAddress of(Address address) {
        return new NamedAddress("", address);
    }
}
