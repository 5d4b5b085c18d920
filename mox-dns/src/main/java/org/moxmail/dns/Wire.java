package org.moxmail.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;

/** dnsjava's names and records as ours and the other way. */
final class Wire {
    private Wire() {}

    /** By its octets, since dnsjava's text form has escapes. */
    static Name name(DnsName name) {
        byte[] text = name.ascii().getBytes(StandardCharsets.US_ASCII);
        byte[] wire = new byte[text.length + 2];
        int length = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '.') {
                wire[length] = (byte) (i - length);
                length = i + 1;
            } else {
                wire[i + 1] = text[i];
            }
        }
        wire[length] = (byte) (text.length - length);
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new IllegalStateException("a valid name: " + name, e);
        }
    }

    /** Any name that can be looked up; null for the root and for names of other octets. */
    static @Nullable DnsName name(Name name) {
        String text = text(name);
        try {
            return text == null ? null : DnsName.forLookup(text);
        } catch (SyntaxException e) {
            return null; // the caller leaves it out
        }
    }

    /** A name of a host, with its Unicode form; null for anything else. */
    private static @Nullable DnsName host(Name name) {
        String text = text(name);
        try {
            return text == null ? null : DnsName.parseLax(text);
        } catch (SyntaxException e) {
            return null; // the caller leaves it out
        }
    }

    private static @Nullable String text(Name name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.labels(); i++) {
            byte[] label = name.getLabel(i);
            if (label[0] == 0) {
                break;
            }
            if (i > 0) {
                text.append('.');
            }
            for (int k = 1; k < label.length; k++) {
                if (label[k] == '.' || label[k] < 0) {
                    return null;
                }
                text.append((char) label[k]);
            }
        }
        return text.toString();
    }

    /** The data of a record of a type; null when it is unusable. */
    static <R> @Nullable R data(Record record, RecordType<R> type) {
        Object data = switch (record) {
            case ARecord a -> four(a);
            case MXRecord mx ->
                target(mx.getTarget())
                        .map(exchange -> new MxRecord(mx.getPriority(), exchange.host))
                        .orElse(null);
            case SRVRecord srv ->
                target(srv.getTarget())
                        .map(target -> new SrvRecord(srv.getPriority(), srv.getWeight(), srv.getPort(), target.host))
                        .orElse(null);
            case TLSARecord tlsa ->
                new TlsaRecord(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        Bytes.copyOf(tlsa.getCertificateAssociationData()));
            case TXTRecord txt -> joined(txt);
            case CNAMERecord cname -> name(cname.getTarget());
            case NSRecord ns -> name(ns.getTarget());
            case PTRRecord ptr -> name(ptr.getTarget());
            case AAAARecord aaaa -> six(aaaa);
            default -> null;
        };
        return type.data().isInstance(data) ? type.data().cast(data) : null;
    }

    /** A host, or the root, of which there is none. */
    private record Target(Optional<DnsName> host) {}

    private static Optional<Target> target(Name name) {
        if (name.equals(Name.root)) {
            return Optional.of(new Target(Optional.empty()));
        }
        return Optional.ofNullable(host(name)).map(host -> new Target(Optional.of(host)));
    }

    private static String joined(TXTRecord txt) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (byte[] string : txt.getStringsAsByteArrays()) {
            octets.writeBytes(string);
        }
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable Object four(ARecord record) {
        try {
            return Inet4Address.getByAddress(record.rdataToWireCanonical());
        } catch (UnknownHostException e) {
            return null; // not four octets: the caller leaves it out
        }
    }

    /** An IPv6 address even if an IPv4 address is mapped into it, of which the JDK would else make that. */
    private static @Nullable Object six(AAAARecord record) {
        try {
            return Inet6Address.getByAddress(null, record.rdataToWireCanonical(), -1);
        } catch (UnknownHostException e) {
            return null; // not sixteen octets: the caller leaves it out
        }
    }
}
