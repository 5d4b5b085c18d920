package org.moxmail.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.moxmail.message.HeaderText;

/** An immutable string of octets. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** A copy of the octets. */
    public static Octets of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /** A copy of the octets from {@code from} to before {@code to}. */
    public static Octets of(byte[] octets, int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(octets, from, to));
    }

    /** The octets of a text, see {@link HeaderText}. */
    public static Octets ofText(String text) {
        return text.isEmpty() ? EMPTY : new Octets(HeaderText.encode(text));
    }

    /** Takes over an array that nobody changes any more. */
    static Octets wrap(byte[] octets) {
        return new Octets(octets);
    }

    /** The array itself, which isn't to be changed. */
    byte[] array() {
        return octets;
    }

    public int length() {
        return octets.length;
    }

    /** The octet at {@code index}, 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /** A copy. */
    public byte[] toByteArray() {
        return octets.clone();
    }

    /** The octets as UTF-8 text, without loss, see {@link HeaderText}. */
    public String text() {
        return HeaderText.decode(octets, 0, octets.length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Only how many there are: the octets may be credentials or somebody's mail. */
    @Override
    public String toString() {
        return octets.length + " octets";
    }
}
