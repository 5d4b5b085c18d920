package org.moxmail.dkim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/**
 * A message as signatures see it: the header as it stands and hashes of the body. Made from stored octets ({@link #of}) or from
 * octets as they stream by ({@link SignedMessageFeed}); either way the body is read once however many signatures there are, and
 * memory doesn't grow with it. DKIM and ARC verifiers and signers can share one.
 *
 * <p>Line ends are CRLF: what else there is in a body is signed as it is. Not for use by several threads at once.
 */
public final class SignedMessage {
    private static final int BUFFER = 16 << 10;
    /** Most headers fit, and most small messages: their body needs no other buffer and is not read again. */
    private static final int HEAD = 8 << 10;

    /** A signature's field, either read or not readable. */
    record SignatureField(
            int field,
            @Nullable DkimSignature signature,
            @Nullable SyntaxException problem) {}

    private final DkimLimits limits;
    private final HeaderBlock header;
    private final boolean headerTooLarge;
    private final @Nullable MessageContent content;
    /** The first octets of the content, the header and some of the body. */
    private final byte[] head;

    private final int bodyOffset;
    private final int headLength;
    private final BodyHashes hashes = new BodyHashes();
    private @Nullable List<SignatureField> signatures;
    private @Nullable ArcChain arc;
    private boolean bodyGone;

    private SignedMessage(
            DkimLimits limits,
            HeaderBlock header,
            boolean headerTooLarge,
            @Nullable MessageContent content,
            byte[] head,
            int bodyOffset,
            int headLength) {
        this.limits = limits;
        this.header = header;
        this.headerTooLarge = headerTooLarge;
        this.content = content;
        this.head = head;
        this.bodyOffset = bodyOffset;
        this.headLength = headLength;
    }

    /** A message whose octets are there to be read; they stay the caller's and are read until the last verification. */
    public static SignedMessage of(MessageContent content) throws IOException {
        return of(content, DkimLimits.DEFAULT);
    }

    /** As {@link #of(MessageContent)}, with limits of one's own. */
    public static SignedMessage of(MessageContent content, DkimLimits limits) throws IOException {
        long most = Math.min(content.size(), limits.headerOctets());
        byte[] octets = new byte[(int) Math.min(most, HEAD)];
        int length = 0;
        while (true) {
            length = fill(content, octets, length);
            int end = HeaderBlock.find(octets, 0, length);
            if (end >= 0) {
                return new SignedMessage(limits, new HeaderBlock(octets, end), false, content, octets, end, length);
            }
            if (length == content.size()) {
                return new SignedMessage(
                        limits, new HeaderBlock(octets, length), false, content, octets, length, length);
            }
            if (length == most) {
                return new SignedMessage(limits, new HeaderBlock(octets, 0), true, content, octets, length, length);
            }
            octets = Arrays.copyOf(octets, (int) Math.min(most, 4L * length));
        }
    }

    private static int fill(MessageContent content, byte[] octets, int from) throws IOException {
        int length = from;
        while (length < octets.length) {
            int count = content.read(length, octets, length, octets.length - length);
            if (count < 0) {
                throw new IOException("message ends before its size");
            }
            length += count;
        }
        return length;
    }

    /** A message whose body will stream by: the hashes that its signatures name are made. */
    static SignedMessage streaming(byte[] octets, int end, boolean tooLarge, DkimLimits limits) {
        SignedMessage message = new SignedMessage(
                limits, new HeaderBlock(octets, tooLarge ? 0 : end), tooLarge, null, octets, end, end);
        for (SignatureField field : message.signatures()) {
            message.wantBody(field.signature());
        }
        message.arc().signatures().forEach(message::wantBody);
        return message;
    }

    private void wantBody(@Nullable DkimSignature signature) {
        if (signature != null && signature.knownAlgorithm().isPresent()) {
            want(BodyHashes.Wanted.of(signature, signature.knownAlgorithm().get()));
        }
    }

    DkimLimits limits() {
        return limits;
    }

    HeaderBlock header() {
        return header;
    }

    boolean headerTooLarge() {
        return headerTooLarge;
    }

    BodyHashes hashes() {
        return hashes;
    }

    /** The DKIM signatures in their order, up to the limit. */
    List<SignatureField> signatures() {
        List<SignatureField> known = signatures;
        if (known == null) {
            known = new ArrayList<>();
            for (int field : header.inOrder("dkim-signature")) {
                if (known.size() == limits.signatures()) {
                    break;
                }
                known.add(read(field));
            }
            signatures = known;
        }
        return known;
    }

    private SignatureField read(int field) {
        try {
            if (header.size(field) > limits.signatureOctets()) {
                throw new SyntaxException(
                        limits.signatureOctets(),
                        "a field of at most " + limits.signatureOctets() + " octets",
                        "a limit");
            }
            DkimSignature signature = DkimSignature.parse(header.text(field));
            if (signature.headers().size() > limits.signedFields()) {
                throw new SyntaxException(0, "at most " + limits.signedFields() + " names in h=", "a limit");
            }
            return new SignatureField(field, signature, null);
        } catch (SyntaxException e) {
            return new SignatureField(field, null, e);
        }
    }

    ArcChain arc() {
        ArcChain known = arc;
        if (known == null) {
            known = ArcChain.of(header, limits);
            arc = known;
        }
        return known;
    }

    /** Asks for a hash of the body; false when there are too many, or the body has streamed by already. */
    boolean want(BodyHashes.Wanted wanted) {
        return bodyGone ? hashes.hash(wanted) != null : hashes.add(wanted, limits.bodyHashes());
    }

    /** Takes it that the body has streamed by. */
    void endBody() {
        hashes.finish();
        bodyGone = true;
    }

    /** Makes the hashes that were asked for and not made yet, in one pass over the body. */
    void readBody() throws IOException {
        if (!hashes.pending()) {
            return;
        }
        MessageContent source = Objects.requireNonNull(content, "the body of a streamed message is gone");
        hashes.update(head, bodyOffset, headLength - bodyOffset);
        byte[] buffer = new byte[(int) Math.min(BUFFER, source.size() - headLength)];
        long at = headLength;
        while (at < source.size()) {
            int count = source.read(at, buffer, 0, buffer.length);
            if (count < 0) {
                throw new IOException("message ends before its size");
            }
            hashes.update(buffer, 0, count);
            at += count;
        }
        hashes.finish();
    }

    /** The canonical header of a signature but for its own field: the named fields, each the lowest that isn't taken yet. */
    HeaderHashInput signedHeader(List<String> names, Canonicalization canonicalization) {
        HeaderHashInput input = new HeaderHashInput(header.size());
        HeaderBlock.Taking fields = header.new Taking();
        for (String name : names) {
            int field = fields.next(TagValues.lower(name));
            // RFC 6376 §5.4.2: one that isn't there contributes nothing.
            if (field >= 0) {
                header.canonicalize(field, canonicalization, input);
            }
        }
        return input;
    }
}
