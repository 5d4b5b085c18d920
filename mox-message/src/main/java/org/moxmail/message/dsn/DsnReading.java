package org.moxmail.message.dsn;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A delivery status, as it could be read.
 *
 * @param leniencies that were needed; none for one that keeps to the standards
 */
public record DsnReading(DeliveryStatus status, Set<DsnLeniency> leniencies) {
    public DsnReading {
        Objects.requireNonNull(status, "status");
        leniencies = leniencies.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(leniencies));
    }
}
