package org.moxmail.spf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.time.Timing;

/** Puts values in the place of macros, RFC 7208 §7.3. */
final class MacroExpander {
    private static final String HEX = "0123456789ABCDEF";

    private final SpfRequest request;
    private final AddressBits client;
    private final DnsName senderDomain;
    private final Budget budget;
    private final ClientNames names;
    private final Timing timing;

    MacroExpander(
            SpfRequest request,
            AddressBits client,
            DnsName senderDomain,
            Budget budget,
            ClientNames names,
            Timing timing) {
        this.request = request;
        this.client = client;
        this.senderDomain = senderDomain;
        this.budget = budget;
        this.names = names;
        this.timing = timing;
    }

    /** Whether the sender's local part can't be a label, so that terms with it match nothing, RFC 8616 §4. */
    boolean unusable(MacroString text) {
        return text.usesLocalPart() && !SpfVerifier.isAscii(request.localpart());
    }

    /** The name that a domain-spec stands for; null when it's no valid name. */
    @Nullable
    DnsName name(MacroString text, DnsName domain) throws Stop, InterruptedException {
        if (text.isEmpty()) {
            return domain;
        }
        String constant = text.constant();
        String name = shortened(constant == null ? tail(text.macros(), domain) : constant);
        if (name == null) {
            return null;
        }
        try {
            return DnsName.forLookup(name);
        } catch (SyntaxException e) {
            return null; // RFC 7208 §4.8 leaves it to us: it matches nothing
        }
    }

    /**
     * The right end of the expansion. From right to left, since what is beyond the length of a name is dropped: however many macros a
     * record holds, few are expanded.
     */
    private String tail(List<Macro> macros, DnsName domain) throws Stop, InterruptedException {
        String tail = "";
        for (int i = macros.size() - 1; i >= 0 && tail.length() <= DnsName.NAME_OCTETS + 1; i--) {
            tail = expand(macros.get(i), domain) + tail;
        }
        return tail;
    }

    /** Drops labels from the left until the name isn't too long, RFC 7208 §7.3; null when the last label is. */
    private static @Nullable String shortened(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        if (end <= DnsName.NAME_OCTETS) {
            return name.substring(0, end);
        }
        int dot = name.indexOf('.', end - DnsName.NAME_OCTETS - 1);
        return dot < 0 || dot >= end ? null : name.substring(dot + 1, end);
    }

    /** A text for people, cut at a length. */
    String text(MacroString text, DnsName domain, int length) throws Stop, InterruptedException {
        StringBuilder expansion = new StringBuilder();
        for (Macro macro : text.macros()) {
            expansion.append(expand(macro, domain));
            if (expansion.length() > length) {
                return expansion.substring(0, length);
            }
        }
        return expansion.toString();
    }

    private String expand(Macro macro, DnsName domain) throws Stop, InterruptedException {
        return switch (macro) {
            case Macro.Literal literal -> literal.text();
            case Macro.Escape escape -> escape.expansion();
            case Macro.Expansion expansion -> expand(expansion, domain);
        };
    }

    private String expand(Macro.Expansion macro, DnsName domain) throws Stop, InterruptedException {
        String value = value(macro.letter(), domain);
        String parts = macro.plain() ? value : parts(value, macro);
        return macro.escaped() ? escape(parts) : parts;
    }

    private String value(Macro.Letter letter, DnsName domain) throws Stop, InterruptedException {
        return switch (letter) {
            case SENDER -> request.localpart() + "@" + senderDomain.ascii();
            case LOCAL_PART -> request.localpart();
            case SENDER_DOMAIN -> senderDomain.ascii();
            case DOMAIN -> domain.ascii();
            case IP -> client.six() ? nibbles() : Addresses.print(client.address());
            case CONFIRMED_NAME -> {
                budget.countLookup("a p macro", domain);
                yield names.shown(domain);
            }
            case HELO -> helo();
            case READABLE_IP -> Addresses.print(client.address());
            case RECEIVER -> request.receiver();
            case TIME -> Long.toString(timing.instant().getEpochSecond());
            case VERSION -> client.six() ? "ip6" : "in-addr";
        };
    }

    private String nibbles() {
        return new StringBuilder(Addresses.reversed(client.address())).reverse().toString();
    }

    /** RFC 8616 §4: A-labels, if a client sends U-labels although it must not. */
    private String helo() {
        String helo = request.helo();
        if (SpfVerifier.isAscii(helo)) {
            return helo;
        }
        try {
            return DnsName.parse(helo).ascii();
        } catch (SyntaxException e) {
            return helo; // no name anyway
        }
    }

    private static String parts(String value, Macro.Expansion macro) {
        String delimiters = macro.delimiters().isEmpty() ? "." : macro.delimiters();
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || delimiters.indexOf(value.charAt(i)) >= 0) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        if (macro.reversed()) {
            Collections.reverse(parts);
        }
        int used = macro.parts() == 0 ? parts.size() : Math.min(macro.parts(), parts.size());
        return String.join(".", parts.subList(parts.size() - used, parts.size()));
    }

    /** RFC 7208 §7.3: everything but the unreserved characters of RFC 3986 §2.3. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 16);
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return escaped.toString();
    }
}
