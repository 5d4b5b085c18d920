package org.moxmail.sasl;

import java.util.List;
import java.util.Set;

/**
 * Which mechanisms a server offers.
 *
 * @param enabled those it offers at all
 * @param plaintextPasswordsWithoutTls whether mechanisms that show the password are offered on a connection without TLS
 */
public record MechanismPolicy(Set<SaslMechanism> enabled, boolean plaintextPasswordsWithoutTls) {
    /** All mechanisms, passwords only over TLS. */
    public static final MechanismPolicy STRICT = new MechanismPolicy(Set.of(SaslMechanism.values()), false);

    public MechanismPolicy {
        enabled = Set.copyOf(enabled);
    }

    /** The mechanisms to offer on a connection, preferred first. */
    public List<SaslMechanism> usable(SaslConnection connection) {
        return List.of(SaslMechanism.values()).stream()
                .filter(mechanism -> isUsable(mechanism, connection))
                .toList();
    }

    /** Whether a mechanism is among {@link #usable}. */
    public boolean isUsable(SaslMechanism mechanism, SaslConnection connection) {
        if (!enabled.contains(mechanism)) {
            return false;
        }
        if (mechanism.plaintextPassword()) {
            return connection.encrypted() || plaintextPasswordsWithoutTls;
        }
        if (mechanism.channelBound()) {
            return !connection.bindings().isEmpty();
        }
        return mechanism != SaslMechanism.EXTERNAL || connection.external() != null;
    }
}
