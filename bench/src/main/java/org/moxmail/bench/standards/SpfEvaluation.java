package org.moxmail.bench.standards;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.james.jspf.executor.SPFResult;
import org.apache.james.jspf.impl.SPF;
import org.moxmail.spf.SpfLimits;
import org.moxmail.spf.SpfOutcome;
import org.moxmail.spf.SpfRequest;
import org.moxmail.spf.SpfVerifier;
import org.moxmail.time.Timing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code check_host()}: ours and Apache jSPF's synchronous one, of the same records out of the same memory. Both read the records
 * anew each time.
 *
 * <p>Each gets the client as it takes it: ours an address, theirs a text. Logging is off.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class SpfEvaluation {
    /** Which domain is checked. */
    @Param
    public SpfPolicy policy = SpfPolicy.IP4;

    /** It logs each directive that matches; kept here, since loggers that nobody keeps forget their level. */
    private static final Logger PEERS_LOG = Logger.getLogger("org.apache.james.jspf");

    private final SpfZone zone = new SpfZone();
    private final SpfVerifier verifier = new SpfVerifier(zone, Timing.system(), SpfLimits.RFC7208);
    private final SPF peer = new SPF(zone);
    private InetAddress client = SpfZone.address("192.0.2.1");

    /** Sees that both come to the result that the policy wants. */
    @Setup
    public void check() throws InterruptedException {
        PEERS_LOG.setLevel(Level.OFF);
        client = SpfZone.address(policy.client);
        String ours = mox().result().keyword();
        String theirs = jspf().getResult();
        if (!ours.equals(policy.result) || !theirs.equals(policy.result)) {
            throw new IllegalStateException(policy + ": " + ours + " and " + theirs);
        }
    }

    @Benchmark
    public SpfOutcome mox() throws InterruptedException {
        return verifier.verify(SpfRequest.mailFrom(client, SpfPolicy.HELO, policy.sender()));
    }

    @Benchmark
    public SPFResult jspf() {
        return peer.checkSPF(policy.client, policy.sender(), SpfPolicy.HELO);
    }
}
