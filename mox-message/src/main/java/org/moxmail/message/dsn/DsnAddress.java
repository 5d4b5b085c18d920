package org.moxmail.message.dsn;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

/**
 * An address in a notification, {@code address-type ";" generic-address} of RFC 3464 §2.3.1: as it was in the envelope, so
 * that it needn't be an address. An ORCPT parameter has the same form once its xtext is decoded, RFC 3461 §4.2.
 *
 * @param type in lower case: {@code rfc822}, {@code utf-8} (RFC 6533 §3) or another
 * @param address as written, without comments. Of type {@code utf-8} it is the {@code utf-8-address}, decoded, unless it
 *     doesn't decode, when it stays as it is
 */
public record DsnAddress(String type, String address) {
    /** The type of addresses in ASCII, RFC 3461 §9.1. */
    public static final String RFC822 = "rfc822";

    /** The type of addresses that may have other characters, RFC 6533 §3. */
    public static final String UTF_8 = "utf-8";

    /** @throws IllegalArgumentException when the type is no atom, or the address can't be written or is in angle brackets */
    public DsnAddress {
        type = DsnText.requireType(type);
        DsnText.requireUncommented(Objects.requireNonNull(address, "address"), "address");
        if (isBracketed(address)) {
            throw new IllegalArgumentException("an address in angle brackets: " + address);
        }
        boolean encoded = type.equals(UTF_8) || !DsnText.isAscii(address);
        if (encoded && Unitext.encode(address, false).length() > DsnText.WORD_OCTETS) {
            throw new IllegalArgumentException("a long address: " + address);
        }
    }

    /** An address of type {@code rfc822}, or {@code utf-8} when it has more than ASCII in its localpart. */
    public static DsnAddress of(Address address) {
        return address.localpart().international()
                ? new DsnAddress(UTF_8, address.print(true))
                : new DsnAddress(RFC822, address.print(false));
    }

    /**
     * Reads what stands behind the field's colon, unfolded.
     *
     * @throws SyntaxException when it has no type or no address; the offset is in chars
     */
    public static DsnAddress parse(String text) throws SyntaxException {
        TypedText typed = TypedText.parse(text);
        return of(typed.type(), typed.text(), typed.offset());
    }

    /** An address as a field has it, with comments. */
    static DsnAddress of(String type, String text, int offset) throws SyntaxException {
        String address =
                DsnText.split(type.equals(UTF_8) ? decoded(text) : text).text();
        if (address.isEmpty() || isBracketed(address)) {
            throw new SyntaxException(offset, "an address without angle brackets", "RFC 3464 §2.3.2");
        }
        DsnText.checkText(address, offset);
        try {
            return new DsnAddress(type, address);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(offset, "an address that fits in a line", "RFC 5322 §2.1.1");
        }
    }

    /** RFC 6533 §3: what doesn't decode stays as it is; so does what would be no text. */
    private static String decoded(String text) {
        String decoded = Unitext.decode(text);
        return DsnText.unwritable(decoded) < 0 ? decoded : text;
    }

    static boolean isBracketed(String address) {
        return address.startsWith("<") && address.endsWith(">");
    }

    /** The mail address, when it is one, with a domain name. */
    public Optional<Address> mailbox() {
        try {
            boolean internet = type.equals(RFC822) || type.equals(UTF_8);
            return internet ? Optional.of(Address.parse(address)) : Optional.empty();
        } catch (SyntaxException e) {
            return Optional.empty(); // RFC 3464 §2.3.2: whatever was in the envelope.
        }
    }

    boolean international() {
        return !DsnText.isAscii(address);
    }

    /** That which can be written in ASCII. */
    DsnAddress withAsciiText() {
        if (!international() || type.equals(UTF_8)) {
            return this;
        }
        // "rfc822" is ASCII, RFC 3461 §9.1; others have forms of their own that we don't know.
        return type.equals(RFC822) ? new DsnAddress(UTF_8, address) : new DsnAddress(type, DsnText.escaped(address));
    }

    /**
     * As a field has it.
     *
     * @param utf8 whether it may have UTF-8: {@code utf-8-address} is written then, else {@code utf-8-addr-xtext}, RFC 6533
     *     §3
     */
    public String print(boolean utf8) {
        DsnAddress printed = utf8 ? this : withAsciiText();
        return printed.type + "; " + (printed.type.equals(UTF_8) ? printed.encoded(utf8) : printed.address);
    }

    private String encoded(boolean utf8) {
        // In UTF-8 an address stays as it is, unless that would be read as another.
        boolean plain = utf8 && international() && Unitext.decode(address).equals(address);
        return plain ? address : Unitext.encode(address, utf8);
    }

    /** As {@link #print} with UTF-8. */
    @Override
    public String toString() {
        return print(true);
    }
}
