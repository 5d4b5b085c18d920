package org.moxmail.dmarc.report;

import java.util.Objects;
import org.moxmail.dmarc.AuthenticationResult;

/**
 * What became of a DKIM signature, aligned or not, RFC 9990 §3.1.1.12.
 *
 * @param domain the {@code d=} tag, as the report has it
 * @param selector the {@code s=} tag; empty in some reports by RFC 7489
 * @param result {@link AuthenticationResult#NEUTRAL} also for words that aren't known
 * @param humanResult more in words; empty for none
 */
public record DkimAuthResult(String domain, String selector, AuthenticationResult result, String humanResult) {
    public DkimAuthResult {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(selector);
        Objects.requireNonNull(result);
        Objects.requireNonNull(humanResult);
    }
}
