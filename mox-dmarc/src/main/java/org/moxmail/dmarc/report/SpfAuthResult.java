package org.moxmail.dmarc.report;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dmarc.AuthenticationResult;

/**
 * What SPF said, aligned or not, RFC 9990 §3.1.1.13.
 *
 * @param domain the domain that was checked, as the report has it
 * @param scope empty where a report doesn't say
 * @param result {@link AuthenticationResult#NEUTRAL} also for words that aren't known
 * @param humanResult more in words; empty for none, as always in RFC 7489
 */
public record SpfAuthResult(String domain, Optional<SpfScope> scope, AuthenticationResult result, String humanResult) {
    public SpfAuthResult {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(result);
        Objects.requireNonNull(humanResult);
    }
}
