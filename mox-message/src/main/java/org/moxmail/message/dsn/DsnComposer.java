package org.moxmail.message.dsn;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Address;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.Parameter;
import org.moxmail.message.Part;

/**
 * Writes delivery status notifications, RFC 3464 §2: a text for people, the status, and the message or its header, which
 * streams. The {@link ComposeOptions} say what the notification may have. With {@code smtpUtf8} the types of RFC 6533 §4 are
 * used where there is something that isn't ASCII. Without, the status is in ASCII, {@link DeliveryStatus#withAsciiText},
 * and what can't be returned in 7 bits, or 8 when the options allow, is returned in base64, RFC 6533 §4.5. May be written
 * more than once, such as in both variants. For one thread.
 */
public final class DsnComposer {
    /** Message-IDs in References at most: who is told of a long discussion needn't get all of it again. */
    private static final int REFERENCES = 20;

    private static final Pattern ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]{1,800}>");

    /** How much of the original message is returned, RFC 3461 §4.3. */
    public enum Return {
        /** Nothing, but its Message-ID is referred to. */
        NOTHING,
        /** Its header. */
        HEADER,
        /** All of it. */
        MESSAGE
    }

    private final NamedAddress from;
    private final Address to;
    private final DeliveryStatus status;
    private @Nullable String subject;
    private @Nullable String text;
    private @Nullable MessageContent original;
    private Return returned = Return.NOTHING;

    /**
     * Begins a notification.
     *
     * @param from of whom looks after the mail system, RFC 3464 §2; its domain makes the Message-ID
     * @param to the reverse-path of the original message
     */
    public DsnComposer(NamedAddress from, Address to, DeliveryStatus status) {
        this.from = Objects.requireNonNull(from, "from");
        this.to = Objects.requireNonNull(to, "to");
        this.status = Objects.requireNonNull(status, "status");
    }

    /** The subject, instead of one in English that says what the status says. */
    public DsnComposer subject(String words) {
        subject = Objects.requireNonNull(words, "words");
        return this;
    }

    /** What people read, instead of a text in English that says what the status says. */
    public DsnComposer text(String words) {
        text = Objects.requireNonNull(words, "words");
        return this;
    }

    /**
     * The message that the notification is about. The notification answers it, so that mail programs show them together.
     *
     * @param content read by {@link #write}, not closed
     * @param part how much of it is returned; large ones are better not, RFC 3464 §2
     */
    public DsnComposer original(MessageContent content, Return part) {
        original = Objects.requireNonNull(content, "content");
        returned = Objects.requireNonNull(part, "part");
        return this;
    }

    /**
     * Writes the notification: From, To, Subject, Date, Message-ID, Auto-Submitted, In-Reply-To and References, behind fields
     * that were written to the composer before; and the body.
     *
     * @return the Message-ID, with its angle brackets
     * @throws IllegalArgumentException for an international localpart in From or To without SMTPUTF8
     */
    public String write(Composer composer) throws IOException {
        ComposeOptions options = composer.options();
        MessageContent content = original;
        Part message = content == null ? null : MessageParser.parse(content);
        HeaderFields header =
                content == null || message == null ? HeaderFields.of(List.of()) : HeaderFields.read(content, message);
        composer.from(from).addresses("To", List.of(NamedAddress.of(to)));
        composer.subject(subject == null ? DsnWords.subject(status) : subject).date();
        String id = composer.messageId(from.address().domain());
        // RFC 3834 §5.
        composer.structured("Auto-Submitted", "auto-replied");
        references(composer, header);
        String words = text == null ? DsnWords.text(status, header) : text;
        boolean global = options.smtpUtf8() && status.international();
        byte[] octets = status.print(global).getBytes(StandardCharsets.UTF_8);
        composer.body().multipart("report", List.of(new Parameter("report-type", "delivery-status")), parts -> {
            parts.text("plain", words);
            parts.identity(
                    global ? "message/global-delivery-status" : "message/delivery-status",
                    List.of(),
                    global,
                    new ByteArrayInputStream(octets));
            if (content != null && message != null && returned != Return.NOTHING) {
                ReturnedContent.of(content, message, returned == Return.HEADER).write(parts, options);
            }
        });
        return id;
    }

    /** RFC 5322 §3.6.4. */
    private static void references(Composer composer, HeaderFields header) throws IOException {
        boolean utf8 = composer.options().smtpUtf8();
        List<String> ids = ids(header.all("References"), utf8);
        Optional<String> id = ids(header.all("Message-ID"), utf8).stream().findFirst();
        if (id.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(ids.subList(Math.max(0, ids.size() - REFERENCES), ids.size()));
        all.remove(id.get());
        all.add(id.get());
        composer.structured("In-Reply-To", id.get());
        composer.structured("References", String.join(" ", all));
    }

    private static List<String> ids(List<String> texts, boolean utf8) {
        List<String> ids = new ArrayList<>();
        for (String field : texts) {
            Matcher matcher = ID.matcher(field);
            while (matcher.find()) {
                String id = matcher.group();
                if (DsnText.isAscii(id) || utf8 && DsnText.unwritable(id) < 0) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }
}
