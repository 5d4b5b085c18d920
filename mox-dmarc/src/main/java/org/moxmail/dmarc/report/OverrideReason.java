package org.moxmail.dmarc.report;

import java.util.Objects;

/**
 * Why a policy was not applied as published, RFC 9990 §3.1.1.14.
 *
 * @param type {@link OverrideType#OTHER} also for a word that isn't known, which then begins the comment
 * @param comment empty for none
 */
public record OverrideReason(OverrideType type, String comment) {
    public OverrideReason {
        Objects.requireNonNull(type);
        Objects.requireNonNull(comment);
    }
}
