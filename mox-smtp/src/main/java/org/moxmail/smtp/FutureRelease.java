package org.moxmail.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A request to hold a message back, the HOLDFOR and HOLDUNTIL parameters of MAIL (RFC 4865 §4). */
public sealed interface FutureRelease {
    /** For whole seconds, 1 to 999999999. */
    record HoldFor(Duration interval) implements FutureRelease {
        public HoldFor {
            if (interval.toSeconds() < 1
                    || interval.toSeconds() > 999_999_999
                    || !interval.equals(Duration.ofSeconds(interval.toSeconds()))) {
                throw new IllegalArgumentException("HOLDFOR " + interval);
            }
        }

        @Override
        public EsmtpParameter parameter() {
            return new EsmtpParameter("HOLDFOR", Long.toString(interval.toSeconds()));
        }

        @Override
        public Instant release(Instant now) {
            return now.plus(interval);
        }
    }

    /** Until a whole second. */
    record HoldUntil(Instant time) implements FutureRelease {
        public HoldUntil {
            if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException("HOLDUNTIL " + time);
            }
        }

        @Override
        public EsmtpParameter parameter() {
            return new EsmtpParameter("HOLDUNTIL", time.toString());
        }

        @Override
        public Instant release(Instant now) {
            return time;
        }
    }

    /** The wire form. */
    EsmtpParameter parameter();

    /** When the message may go, given the time of the request. */
    Instant release(Instant now);
}
