package org.moxmail.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/**
 * The fields of one header in their order, RFC 5322 §2.2. Names are looked up in any case. Lines that are no fields are
 * passed over. Immutable.
 */
public final class HeaderFields {
    private final List<HeaderField> fields;

    private HeaderFields(List<HeaderField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Reads a header, up to its empty line or the end. */
    public static HeaderFields parse(byte[] octets) {
        List<HeaderField> fields = new ArrayList<>();
        HeaderScan scan = new HeaderScan(octets, 0, octets.length);
        while (scan.next()) {
            fields.add(new HeaderField(scan.name(), scan.raw()));
        }
        return new HeaderFields(fields);
    }

    /** Reads the header of a part, at most {@link MessageLimits#headerBytes} of it as {@link MessageLimits#DEFAULT} has it. */
    public static HeaderFields read(MessageContent content, Part part) throws IOException {
        long length = Math.min(part.bodyOffset() - part.headerOffset(), MessageLimits.DEFAULT.headerBytes());
        return parse(PartBody.raw(content, part.headerOffset(), part.headerOffset() + length)
                .readNBytes((int) length));
    }

    /** Given fields. */
    public static HeaderFields of(List<HeaderField> fields) {
        return new HeaderFields(fields);
    }

    /** All of them. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** The unfolded text of the first field of that name. */
    public Optional<String> first(String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The unfolded texts of all fields of that name. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /**
     * The one address of the one From field. RFC 5322 §3.6.2 allows several, but then mail programs disagree on who is the
     * author: some show the first, and DKIM signs the last field of several.
     *
     * @throws SyntaxException for no From field, several of them, or not exactly one address with a domain name
     */
    public Address from() throws SyntaxException {
        List<String> values = all("from");
        if (values.size() != 1) {
            throw new SyntaxException(0, "one From field, not " + values.size(), "RFC 5322 §3.6");
        }
        AddressList list = AddressList.parse(values.get(0));
        if (list.mailboxes().size() != 1 || list.addresses().size() != 1) {
            throw new SyntaxException(0, "one address in From", "RFC 5322 §3.6.2");
        }
        return list.addresses().get(0);
    }

    /** Whether a field has anything but ASCII, so that SMTPUTF8 is needed to transport it, RFC 6532. */
    public boolean needsSmtpUtf8() {
        for (HeaderField field : fields) {
            if (!isAscii(field.name()) || !isAscii(field.raw())) {
                return true;
            }
        }
        return false;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
