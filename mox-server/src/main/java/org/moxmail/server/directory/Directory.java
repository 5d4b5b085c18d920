package org.moxmail.server.directory;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.Localpart;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.smtp.AddressLiteral;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailHost;
import org.moxmail.smtp.Mailbox;

/** Resolves addresses. Immutable. */
public final class Directory {
    private static final String POSTMASTER = "postmaster";

    private final DirectorySettings settings;
    private final Map<DnsName, DomainSettings> domains = new HashMap<>();

    /** An account by the address that its owner logs in with. */
    public record Holder(String account, Address address) {}

    public Directory(DirectorySettings settings) {
        this.settings = settings;
        settings.domains().forEach(domain -> domains.put(domain.name(), domain));
    }

    /** Where mail for a path goes. */
    public Destination resolve(ForwardPath path) {
        return switch (path) {
            case ForwardPath.Postmaster postmaster -> inbox(settings.postmaster());
            case ForwardPath.Address address -> resolve(address.mailbox());
        };
    }

    private Destination resolve(Mailbox mailbox) {
        return switch (mailbox.host()) {
            case MailHost.Domain domain -> resolve(mailbox.localpart(), domain.name());
            case AddressLiteral literal -> elsewhere();
        };
    }

    private Destination resolve(Localpart localpart, DnsName name) {
        DomainSettings domain = domains.get(name);
        if (domain == null) {
            return elsewhere();
        }
        String account = account(domain, localpart);
        if (account == null && localpart.value().equalsIgnoreCase(POSTMASTER)) {
            account = settings.postmaster();
        }
        if (account == null) {
            account = domain.catchAll();
        }
        return account == null ? new Destination.UnknownUser() : inbox(account);
    }

    private static @Nullable String account(DomainSettings domain, Localpart localpart) {
        return domain.accounts().get(canonical(domain, localpart.value()));
    }

    /** In lower case, up to the first separator. */
    private static String canonical(DomainSettings domain, String localpart) {
        String lower = localpart.toLowerCase(Locale.ROOT);
        int end = lower.length();
        for (int i = 0; i < domain.separators().length(); i++) {
            int at = lower.indexOf(domain.separators().charAt(i));
            // A separator in front would leave nothing.
            end = at > 0 ? Math.min(end, at) : end;
        }
        return lower.substring(0, end);
    }

    private Destination elsewhere() {
        String account = settings.elsewhere();
        return account == null ? new Destination.UnknownDomain() : inbox(account);
    }

    private static Destination inbox(String account) {
        return new Destination.Local(account, MailboxName.INBOX);
    }

    /** Whether an account may send mail as from an address: it would also get its mail. */
    public boolean mayUse(String account, Mailbox address) {
        return resolve(ForwardPath.of(address)) instanceof Destination.Local local
                && local.account().equals(account);
    }

    /** As {@link #mayUse(String, Mailbox)}. */
    public boolean mayUse(String account, Address address) {
        return mayUse(account, new Mailbox(address.localpart(), MailHost.of(address.domain())));
    }

    /**
     * Who logs in with a user name: an address of an account. Addresses that only a catch-all would take are nobody's name.
     *
     * @param user in Unicode normalisation form C
     */
    public Optional<Holder> holder(String user) {
        Address address;
        try {
            address = Address.parse(user);
        } catch (SyntaxException e) {
            return Optional.empty();
        }
        DomainSettings domain = domains.get(address.domain());
        String account = domain == null ? null : account(domain, address.localpart());
        return account == null ? Optional.empty() : Optional.of(new Holder(account, address));
    }
}
