package org.moxmail.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;

/**
 * Several servers as one of dnsjava's resolvers: one after the other, and again. A server that doesn't answer is asked again, after
 * the others; one that answers that it can't or won't help is not. The stages are dnsjava's way; nobody waits in them.
 */
final class Servers implements Resolver {
    /** Octets of an answer over UDP that no path fragments, as the DNS flag day of 2020 settled. */
    private static final int UDP_PAYLOAD = 1232;

    private final List<SimpleResolver> servers;
    private final ResolverLimits limits;

    Servers(List<InetSocketAddress> addresses, ResolverLimits limits) {
        this.servers = addresses.stream().map(SimpleResolver::new).toList();
        this.limits = limits;
        for (SimpleResolver server : servers) {
            server.setTimeout(limits.query());
            server.setEDNS(0, UDP_PAYLOAD, 0, List.of());
        }
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return attempt(query, executor, 0);
    }

    private CompletionStage<Message> attempt(Message query, Executor executor, int attempt) {
        CompletionStage<Message> answer = servers.get(attempt % servers.size()).sendAsync(query, executor);
        if (attempt + 1 == servers.size() * limits.attempts()) {
            return answer;
        }
        boolean others = attempt + 1 < servers.size();
        return answer.handle((message, failure) -> message != null && (!others || isHelp(message))
                        ? answer
                        : attempt(query, executor, attempt + 1))
                .thenCompose(Function.identity());
    }

    private static boolean isHelp(Message message) {
        return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
    }

    /** How long {@link #send} waits for all attempts together. */
    @Override
    public Duration getTimeout() {
        return limits.total();
    }

    /** What dnsjava's validator asks for: its flags are taken, its payload size isn't. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
        servers.forEach(server -> server.setEDNS(version, UDP_PAYLOAD, flags, options));
    }

    @Override
    public void setIgnoreTruncation(boolean ignored) {
        servers.forEach(server -> server.setIgnoreTruncation(ignored));
    }

    @Override
    public void setTCP(boolean always) {
        servers.forEach(server -> server.setTCP(always));
    }

    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
