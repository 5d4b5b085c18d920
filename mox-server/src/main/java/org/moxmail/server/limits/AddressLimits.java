package org.moxmail.server.limits;

/**
 * Three bounds for one address, its network and its wider network: IPv4 /32, /26, /21; IPv6 /64, /48, /32.
 *
 * @param single for the narrowest class
 * @param network for the middle one
 * @param wide for the widest
 */
public record AddressLimits(int single, int network, int wide) {
    public AddressLimits {
        if (single < 1 || network < single || wide < network) {
            throw new IllegalArgumentException("limits " + single + ", " + network + ", " + wide);
        }
    }

    int of(int addressClass) {
        return switch (addressClass) {
            case 0 -> single;
            case 1 -> network;
            case 2 -> wide;
            default -> throw new IllegalArgumentException("class " + addressClass);
        };
    }
}
