package org.moxmail.dkim;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * A DKIM key record, as a domain publishes it in TXT records at {@code selector._domainkey}, RFC 6376 §3.6.1.
 *
 * @param keyType k=, {@code rsa} or {@code ed25519}
 * @param publicKey p=; empty when the key was revoked
 * @param hashes h=, the hash algorithms the key may be used with, known or not; empty for all
 * @param services s=, what the key may be used for: {@code *}, {@code email}; not empty
 * @param flags t=, such as {@code y} and {@code s}
 * @param notes n=, for people
 */
public record DkimKeyRecord(
        String keyType,
        Optional<PublicKey> publicKey,
        List<String> hashes,
        List<String> services,
        List<String> flags,
        String notes) {
    private static final String RFC = "RFC 6376 §3.6.1";
    private static final String VERSION = "DKIM1";
    private static final String ALL = "*";

    public DkimKeyRecord {
        Objects.requireNonNull(keyType);
        Objects.requireNonNull(publicKey);
        hashes = List.copyOf(hashes);
        services = List.copyOf(services);
        flags = List.copyOf(flags);
        Objects.requireNonNull(notes);
        if (!KeyCodec.knows(keyType)
                || services.isEmpty()
                || !services.stream().allMatch(DkimKeyRecord::isService)
                || !hashes.stream().allMatch(TagList::isHyphenatedWord)
                || !flags.stream().allMatch(TagList::isHyphenatedWord)) {
            throw new IllegalArgumentException("a value that no tag can have");
        }
    }

    /** A record for a key, without any restriction. */
    public static DkimKeyRecord of(PublicKey key) {
        return new DkimKeyRecord(KeyCodec.typeOf(key), Optional.of(key), List.of(), List.of(ALL), List.of(), "");
    }

    /**
     * Whether a text says that it is a key record: it starts with {@code v=DKIM1}, whatever follows. A record may also leave
     * the version out.
     */
    public static boolean claims(String text) {
        int semicolon = text.indexOf(';');
        String first = semicolon < 0 ? text : text.substring(0, semicolon);
        int equals = first.indexOf('=');
        return equals >= 0
                && first.substring(0, equals).strip().equals("v")
                && first.substring(equals + 1).strip().equals(VERSION);
    }

    /**
     * Reads a record. Tags, hashes, services and flags that aren't known are kept or passed over.
     *
     * @param text one TXT record, its strings joined
     * @throws SyntaxException when it is no key record of version DKIM1, its key is of a type that isn't known, or is no key
     */
    public static DkimKeyRecord parse(String text) throws SyntaxException {
        return parse(text, DkimLimits.DEFAULT);
    }

    /** As {@link #parse(String)}, with limits of one's own. */
    public static DkimKeyRecord parse(String text, DkimLimits limits) throws SyntaxException {
        if (text.length() > limits.keyRecordOctets()) {
            throw new SyntaxException(
                    limits.keyRecordOctets(), "a key record of at most " + limits.keyRecordOctets() + " octets", RFC);
        }
        TagList tags = TagList.parse(text, 0, text.length());
        TagList.Tag version = tags.find("v");
        if (version != null && !(tags.firstName().equals("v") && version.value().equals(VERSION))) {
            throw new SyntaxException(version.offset(), "v=DKIM1 in front, or no version", RFC);
        }
        TagList.Tag k = tags.find("k");
        String keyType = k == null ? DkimAlgorithm.RSA_SHA256.keyType() : k.value();
        if (!KeyCodec.knows(keyType)) {
            throw new SyntaxException(k == null ? 0 : k.offset(), "a key type that is known", RFC);
        }
        TagList.Tag p = tags.require("p", RFC);
        TagList.Tag n = tags.find("n");
        return new DkimKeyRecord(
                keyType,
                p.value().isEmpty() ? Optional.empty() : Optional.of(KeyCodec.parse(keyType, p, limits)),
                words(tags.find("h"), List.of()),
                services(tags.find("s")),
                words(tags.find("t"), List.of()),
                n == null ? "" : TagValues.readSection(n));
    }

    private static List<String> words(TagList.@Nullable Tag tag, List<String> otherwise) throws SyntaxException {
        return tag == null ? otherwise : TagList.items(tag, "a word", RFC, TagList::isHyphenatedWord);
    }

    private static List<String> services(TagList.@Nullable Tag tag) throws SyntaxException {
        return tag == null ? List.of(ALL) : TagList.items(tag, "a service", RFC, DkimKeyRecord::isService);
    }

    private static boolean isService(String word) {
        return word.equals(ALL) || TagList.isHyphenatedWord(word);
    }

    /** Whether the domain took the key back: p= is empty. */
    public boolean revoked() {
        return publicKey.isEmpty();
    }

    /** Whether the domain is only testing DKIM, t=y. */
    public boolean testing() {
        return flags.contains("y");
    }

    /** Whether identities in subdomains are not allowed, t=s. */
    public boolean strictIdentity() {
        return flags.contains("s");
    }

    /** Whether the key is for mail, s=. */
    public boolean forEmail() {
        return services.contains(ALL) || services.contains("email");
    }

    /** Whether the key may be used with this hash algorithm, h=. */
    public boolean allowsHash(String hash) {
        return hashes.isEmpty() || hashes.contains(hash);
    }

    /** Bits of the key: of the modulus for RSA, 256 for Ed25519, 0 when revoked. */
    public int keyBits() {
        return publicKey.map(KeyCodec::bits).orElse(0);
    }

    /** The text of the TXT record, in one piece, without tags that say what is the default: {@link #parse} gives this value back. */
    public String print() {
        List<String> tags = new ArrayList<>();
        tags.add("v=" + VERSION);
        if (!hashes.isEmpty()) {
            tags.add("h=" + String.join(":", hashes));
        }
        if (!keyType.equals(DkimAlgorithm.RSA_SHA256.keyType())) {
            tags.add("k=" + keyType);
        }
        if (!notes.isEmpty()) {
            tags.add("n=" + TagValues.printSection(notes));
        }
        if (!services.equals(List.of(ALL))) {
            tags.add("s=" + String.join(":", services));
        }
        if (!flags.isEmpty()) {
            tags.add("t=" + String.join(":", flags));
        }
        tags.add("p=" + publicKey.map(KeyCodec::print).orElse(""));
        return String.join(";", tags);
    }
}
