package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address field straight from octets when it is as nearly all are: ASCII, addresses with or without a name and
 * angle brackets, commas between them, no comments, groups, routes, literals, or quoted localparts. What is read is what
 * {@link AddressListParser} reads; whatever else a field has in it is left to that.
 */
final class PlainAddresses {
    private final byte[] octets;
    private final int end;
    private int at;

    private PlainAddresses(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = to;
    }

    /** The addresses, or null when the field isn't plain. */
    static @Nullable List<MailboxAddress> read(byte[] octets, int from, int to) {
        return new PlainAddresses(octets, from, to).list();
    }

    private @Nullable List<MailboxAddress> list() {
        skipSpaces();
        MailboxAddress first = address();
        if (first == null) {
            return null;
        }
        if (at == end) {
            return List.of(first);
        }
        List<MailboxAddress> all = new ArrayList<>();
        all.add(first);
        while (at < end) {
            at++;
            skipSpaces();
            MailboxAddress next = address();
            if (next == null) {
                return null;
            }
            all.add(next);
        }
        return all;
    }

    /** An address up to a comma or the end. */
    private @Nullable MailboxAddress address() {
        int from = at;
        if (at < end && octets[at] == '"') {
            String name = quotedName();
            return name == null ? null : bracketed(name);
        }
        boolean dotAtom = dotAtom();
        if (dotAtom && at < end && octets[at] == '@') {
            return ends(domain(null, from, at));
        }
        int to = phraseEnd(from);
        return to < 0 ? null : bracketed(to == from ? null : HeaderText.ascii(octets, from, to));
    }

    private @Nullable MailboxAddress ends(@Nullable MailboxAddress address) {
        skipSpaces();
        return at == end || octets[at] == ',' ? address : null;
    }

    /** A quoted name without quoted pairs, and what blanks are behind it. */
    private @Nullable String quotedName() {
        int from = ++at;
        while (at < end && octets[at] != '"') {
            if (octets[at] == '\\' || octets[at] < 0) {
                return null;
            }
            at++;
        }
        if (at == end || at == from) {
            return null;
        }
        String name = HeaderText.ascii(octets, from, at);
        at++;
        skipSpaces();
        return name;
    }

    /** Where the words and dots that began at {@code from} end before a bracket; -1 when there is anything else. */
    private int phraseEnd(int from) {
        while (at < end) {
            byte octet = octets[at];
            if (octet == '<') {
                return at > from && octets[at - 1] == ' ' ? at - 1 : at;
            }
            boolean oneSpace = octet == ' ' && at + 1 < end && octets[at + 1] != ' ';
            if (!oneSpace && octet != '.' && !CharClass.isAddressWord(octet)) {
                return -1;
            }
            at++;
        }
        return -1;
    }

    private @Nullable MailboxAddress bracketed(@Nullable String name) {
        if (at == end || octets[at] != '<') {
            return null;
        }
        int from = ++at;
        if (!dotAtom() || at == end || octets[at] != '@') {
            return null;
        }
        MailboxAddress address = domain(name, from, at);
        if (at == end || octets[at] != '>') {
            return null;
        }
        at++;
        return ends(address);
    }

    /** The domain behind the {@code @} here. */
    private @Nullable MailboxAddress domain(@Nullable String name, int localpartFrom, int localpartTo) {
        int from = ++at;
        if (!dotAtom()) {
            return null;
        }
        return new MailboxAddress(
                name, null, HeaderText.ascii(octets, localpartFrom, localpartTo), HeaderText.ascii(octets, from, at));
    }

    /** Passes words with single dots between them. */
    private boolean dotAtom() {
        boolean dot = true;
        while (at < end) {
            byte octet = octets[at];
            if (octet == '.' ? dot : !CharClass.isAddressWord(octet)) {
                break;
            }
            dot = octet == '.';
            at++;
        }
        return !dot && (at == end || octets[at] != '.');
    }

    private void skipSpaces() {
        while (at < end && HeaderTokens.isSpace((char) (octets[at] & 0xff))) {
            at++;
        }
    }
}
