package org.moxmail.server.boot;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.limits.LimitSettings;

/**
 * What a server is to be.
 *
 * @param directory for everything that it keeps
 * @param hostName its name
 * @param certificateNames DNS names and addresses for its certificate, the first one for people to read
 * @param listeners where it listens
 * @param addresses whose mail it has
 * @param firstAccount made when it is missing; null for none
 * @param limits on networks
 * @param engines bounds of what it is made of
 * @param pedantic whether peers are forgiven nothing
 * @param failures whether users can ask for failures by the localpart they write to: on a test server
 */
public record ServerSettings(
        Path directory,
        DnsName hostName,
        List<String> certificateNames,
        List<ListenerSettings> listeners,
        DirectorySettings addresses,
        @Nullable FirstAccount firstAccount,
        LimitSettings limits,
        EngineLimits engines,
        boolean pedantic,
        boolean failures) {
    public ServerSettings {
        certificateNames = List.copyOf(certificateNames);
        listeners = List.copyOf(listeners);
        if (listeners.stream().map(ListenerSettings::name).distinct().count() < listeners.size()) {
            throw new IllegalArgumentException("two listeners of one name");
        }
    }

    public ServerSettings withLimits(LimitSettings limits) {
        return new ServerSettings(
                directory,
                hostName,
                certificateNames,
                listeners,
                addresses,
                firstAccount,
                limits,
                engines,
                pedantic,
                failures);
    }

    public ServerSettings withEngines(EngineLimits engines) {
        return new ServerSettings(
                directory,
                hostName,
                certificateNames,
                listeners,
                addresses,
                firstAccount,
                limits,
                engines,
                pedantic,
                failures);
    }

    public ServerSettings withAddresses(DirectorySettings addresses) {
        return new ServerSettings(
                directory,
                hostName,
                certificateNames,
                listeners,
                addresses,
                firstAccount,
                limits,
                engines,
                pedantic,
                failures);
    }

    public ServerSettings withListeners(List<ListenerSettings> listeners) {
        return new ServerSettings(
                directory,
                hostName,
                certificateNames,
                listeners,
                addresses,
                firstAccount,
                limits,
                engines,
                pedantic,
                failures);
    }
}
