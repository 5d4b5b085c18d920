package org.moxmail.smtp;

import org.moxmail.dns.SyntaxException;

/**
 * The recipient as the sender wrote it, the ORCPT parameter of RCPT (RFC 3461 §4.2, RFC 6533 §3).
 *
 * @param addressType such as {@code rfc822} or {@code utf-8}, in its original case
 * @param address decoded, not empty
 */
public record OriginalRecipient(String addressType, String address) {
    private static final String RFC = "RFC 3461 §4.2";

    public OriginalRecipient {
        if (!CommandGrammar.isKeyword(addressType) || address.isEmpty()) {
            throw new IllegalArgumentException("no original recipient: " + addressType);
        }
    }

    /** Reads the value of ORCPT. */
    public static OriginalRecipient parse(String value) throws SyntaxException {
        int semicolon = value.indexOf(';');
        if (semicolon < 1 || !CommandGrammar.isKeyword(value.substring(0, semicolon))) {
            throw new SyntaxException(0, "an address type and ';'", RFC);
        }
        String type = value.substring(0, semicolon);
        String encoded = value.substring(semicolon + 1);
        String address = isUtf8(type) ? Xtext.decodeUtf8Address(encoded) : Xtext.decode(encoded);
        if (address.isEmpty()) {
            throw new SyntaxException(semicolon + 1, "an address", RFC);
        }
        return new OriginalRecipient(type, address);
    }

    private static boolean isUtf8(String type) {
        return type.equalsIgnoreCase("utf-8");
    }

    /** The wire form, always ASCII. */
    public String print() {
        return addressType + ";" + (isUtf8(addressType) ? Xtext.encodeUtf8Address(address) : Xtext.encode(address));
    }
}
