package org.moxmail.message.dsn;

import java.util.EnumSet;
import java.util.Set;
import org.moxmail.dns.SyntaxException;

/** Which leniencies may be used, and which were. */
final class Tolerance {
    private final Set<DsnLeniency> allowed;
    private final Set<DsnLeniency> used = EnumSet.noneOf(DsnLeniency.class);

    Tolerance(Set<DsnLeniency> allowed) {
        this.allowed = allowed;
    }

    /** @throws SyntaxException when it isn't allowed, with what would have been right */
    void use(DsnLeniency leniency, int offset, String expected, String rfc) throws SyntaxException {
        if (!allowed.contains(leniency)) {
            throw new SyntaxException(offset, expected, rfc);
        }
        used.add(leniency);
    }

    Set<DsnLeniency> used() {
        return used;
    }
}
