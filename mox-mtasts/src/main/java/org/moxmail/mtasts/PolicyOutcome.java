package org.moxmail.mtasts;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/**
 * What fetching a policy gave.
 *
 * @param policy there with {@link PolicyStatus#FOUND} only
 * @param text what the policy host answered, also when it is no policy; empty when it gave nothing
 * @param reason for a person, why there is none; empty when there is one
 */
public record PolicyOutcome(PolicyStatus status, Optional<MtaStsPolicy> policy, String text, String reason) {
    public PolicyOutcome {
        Objects.requireNonNull(status);
        Objects.requireNonNull(text);
        Objects.requireNonNull(reason);
        if (policy.isPresent() != (status == PolicyStatus.FOUND)) {
            throw new IllegalArgumentException("a policy with " + status);
        }
    }

    /** The outcome when this text was fetched. */
    public static PolicyOutcome ofText(String text) {
        try {
            return new PolicyOutcome(PolicyStatus.FOUND, Optional.of(MtaStsPolicy.parse(text)), text, "");
        } catch (SyntaxException e) {
            return new PolicyOutcome(PolicyStatus.POLICY_INVALID, Optional.empty(), text, "policy: " + e.getMessage());
        }
    }

    /** The outcome when nothing was fetched. */
    public static PolicyOutcome failed(PolicyStatus status, String reason) {
        return new PolicyOutcome(status, Optional.empty(), "", reason);
    }
}
