package org.moxmail.server.boot;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.ImapOptions;
import org.moxmail.imap.server.ImapServer;
import org.moxmail.server.auth.Authenticator;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.server.imap.StoreBackend;
import org.moxmail.server.incoming.IncomingService;
import org.moxmail.server.limits.Admission;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.log.ImapLog;
import org.moxmail.server.log.Log;
import org.moxmail.server.log.SmtpLog;
import org.moxmail.server.submission.SubmissionService;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.smtp.Leniency;
import org.moxmail.smtp.server.SmtpServer;
import org.moxmail.smtp.server.SmtpServerOptions;
import org.moxmail.smtp.server.SmtpService;
import org.moxmail.smtp.server.WriteWatchdog;
import org.moxmail.store.Store;

/** Makes the engines of each listener and what they ask. */
final class Protocols implements AutoCloseable {
    private final ServerSettings settings;
    private final Environment environment;
    private final Store store;
    private final Directory directory;
    private final Authenticator authenticator;
    private final ReceivedIds receivedIds;
    private final TlsAcceptor tls;
    private final Delivery delivery;
    private final RequestedFailures failures;
    private final WriteWatchdog smtpWatchdog;
    private final Map<Service, Admission> admissions = new EnumMap<>(Service.class);

    Protocols(
            ServerSettings settings,
            Environment environment,
            Store store,
            Directory directory,
            Authenticator authenticator,
            FailedLogins failedLogins,
            ReceivedIds receivedIds,
            TlsAcceptor tls) {
        this.settings = settings;
        this.environment = environment;
        this.store = store;
        this.directory = directory;
        this.authenticator = authenticator;
        this.receivedIds = receivedIds;
        this.tls = tls;
        delivery = new Delivery(store, settings.hostName(), Log.of("delivery"));
        failures = new RequestedFailures(environment.timing(), settings.failures());
        smtpWatchdog = new WriteWatchdog(environment.timing(), environment.threads());
        for (Service service : Service.values()) {
            admissions.put(service, new Admission(environment.timing(), settings.limits(), failedLogins));
        }
    }

    /** What a listener hands its connections to. */
    Protocol of(ListenerSettings listener) {
        return of(listener.service(), listener);
    }

    /** What a listener's clients can choose by ALPN. */
    Map<String, Protocol> alpn(ListenerSettings listener) {
        Map<String, Protocol> chosen = new HashMap<>();
        listener.alpn().forEach((name, service) -> chosen.put(name, of(service, listener)));
        return chosen;
    }

    private Protocol of(Service service, ListenerSettings listener) {
        return switch (service) {
            case SMTP ->
                smtp(
                        service,
                        listener,
                        new IncomingService(directory, delivery, failures, environment.timing(), receivedIds),
                        SmtpServerOptions.delivery(settings.hostName(), Version.PRODUCT)
                                .withBinaryMime());
            case SUBMISSION ->
                smtp(
                        service,
                        listener,
                        submission(listener),
                        SmtpServerOptions.submission(settings.hostName(), Version.PRODUCT)
                                // Nothing holds mail back yet, so that isn't promised.
                                .withFutureRelease(Duration.ZERO)
                                .withBinaryMime());
            case IMAP -> imap(listener);
        };
    }

    private SubmissionService submission(ListenerSettings listener) {
        return new SubmissionService(
                settings.hostName(),
                authenticator,
                listener.plaintextPasswords(),
                directory,
                delivery,
                failures,
                environment.timing(),
                environment.random(),
                receivedIds);
    }

    private Protocol smtp(Service service, ListenerSettings listener, SmtpService answers, SmtpServerOptions options) {
        SmtpServer server = new SmtpServer(
                answers,
                settings.pedantic() ? options.withLeniencies(Leniency.STRICT) : options,
                settings.engines().smtp(),
                offersStarttls(listener) ? socket -> tls.accept(socket, Set.of()) : null,
                environment.timing(),
                smtpWatchdog,
                new SmtpLog(Log.of(service.keyword()), receivedIds));
        return new SmtpProtocol(server, admission(service), service.logins(), receivedIds);
    }

    private Protocol imap(ListenerSettings listener) {
        ImapOptions options = new ImapOptions(
                Version.PRODUCT, Version.current(), settings.engines().store().messageBytes(), Set.of());
        ImapServer server = new ImapServer(
                new StoreBackend(authenticator, listener.plaintextPasswords(), store),
                options,
                settings.engines().imap(),
                offersStarttls(listener) ? socket -> tls.accept(socket, Set.of()) : null,
                environment.timing(),
                environment.threads(),
                new ImapLog(Log.of(Service.IMAP.keyword())));
        return new ImapProtocol(server, admission(Service.IMAP));
    }

    private static boolean offersStarttls(ListenerSettings listener) {
        return listener.security() == ListenerSettings.Security.STARTTLS;
    }

    private Admission admission(Service service) {
        @Nullable Admission admission = admissions.get(service);
        if (admission == null) {
            throw new IllegalStateException("no admission to " + service);
        }
        return admission;
    }

    @Override
    public void close() {
        smtpWatchdog.close();
    }
}
