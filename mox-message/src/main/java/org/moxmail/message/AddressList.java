package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * The addresses of a header field, RFC 5322 §3.4 with the obsolete forms of §4.4 and the UTF-8 of RFC 6532: mailboxes,
 * groups, comments, quoted strings, source routes.
 *
 * @param entries mailboxes and the starts and ends of groups, in order
 * @param damaged whether the text strayed from the grammar, so that the entries are what could be made of it
 */
public record AddressList(List<MailboxAddress> entries, boolean damaged) {
    public AddressList {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a list.
     *
     * @throws SyntaxException when it strays from the grammar
     */
    public static AddressList parse(String text) throws SyntaxException {
        AddressList list = parseLenient(text, Integer.MAX_VALUE);
        if (list.damaged) {
            throw new SyntaxException(0, "an address list", "RFC 5322 §3.4");
        }
        return list;
    }

    /** Reads what can be read, but at most {@code max} entries. */
    public static AddressList parseLenient(String text, int max) {
        AddressListParser parser = new AddressListParser(text, max);
        return new AddressList(parser.entries(), parser.damaged());
    }

    /** The mailboxes, without the marks of groups, that are addresses with a domain name. */
    public List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        for (MailboxAddress entry : entries) {
            Address address = address(entry);
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** The mailboxes, without the marks of groups. */
    public List<MailboxAddress> mailboxes() {
        return entries.stream().filter(entry -> entry.host() != null).toList();
    }

    private static @Nullable Address address(MailboxAddress entry) {
        if (entry.localpart() == null || entry.host() == null) {
            return null;
        }
        try {
            return Address.parseDecoded(entry.localpart() + '@' + entry.host());
        } catch (SyntaxException e) {
            return null;
        }
    }
}
