package org.moxmail.smtp.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.moxmail.message.MessageContent;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;

/** A message that a {@link MemorySmtpService} accepted. */
public final class ReceivedMessage {
    /** One recipient. */
    public record Recipient(ForwardPath to, RcptParams params) {}

    private final ReversePath from;
    private final MailParams params;
    private final List<Recipient> recipients;
    private final byte[] octets;

    ReceivedMessage(ReversePath from, MailParams params, List<Recipient> recipients, byte[] octets) {
        this.from = from;
        this.params = params;
        this.recipients = List.copyOf(recipients);
        this.octets = octets;
    }

    /** The reverse-path. */
    public ReversePath from() {
        return from;
    }

    /** The parameters of MAIL. */
    public MailParams params() {
        return params;
    }

    /** The accepted recipients, in the order of their commands. */
    public List<Recipient> recipients() {
        return recipients;
    }

    /** The octets. */
    public MessageContent content() {
        return MessageContent.of(octets);
    }

    /** The octets, a char for each. */
    public String text() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
