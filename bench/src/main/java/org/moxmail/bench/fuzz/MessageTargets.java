package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.AddressList;
import org.moxmail.message.BaseSubject;
import org.moxmail.message.CorruptPartException;
import org.moxmail.message.EncodedWords;
import org.moxmail.message.Envelope;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageDate;
import org.moxmail.message.MessageId;
import org.moxmail.message.MessageLimits;
import org.moxmail.message.MessageParser;
import org.moxmail.message.ParameterizedValue;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;
import org.moxmail.message.PartCodec;
import org.moxmail.message.Preview;
import org.moxmail.message.TransferEncoding;

/** The parsers of mox-message. */
final class MessageTargets {
    private static final MessageLimits NARROW = new MessageLimits(3, 6, 400, 900, 12, 9);

    private static final String MESSAGE_TOKENS = "\\r"
            + "\\n"
            + " \\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " \\n"
            + " -- --b --b-- --b\\r"
            + "\\n"
            + " \\r"
            + "\\n"
            + "--b\\r"
            + "\\n"
            + " \\r"
            + "\\n"
            + "--b--\\r"
            + "\\n"
            + " --bb --bb-- : ; =\\s = \" ( ) < > @ , ?= =?utf-8?q? From: To: Cc: Subject: Date: Message-ID:"
            + " Content-Type: Content-Transfer-Encoding: Content-Disposition: Content-Language: Content-ID:"
            + " text/plain text/html multipart/mixed multipart/digest message/rfc822 message/global boundary=b"
            + " boundary=\"bb\" charset=utf-8 charset=utf-7 base64 quoted-printable x-uuencode format=flowed"
            + " filename*0*=utf-8''%41 filename*1=b \\r"
            + "\\n"
            + "\\s \\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + ". =41 =\\r"
            + "\\n"
            + " QUJD begin\\s644\\sa\\r"
            + "\\n"
            + " #0V%T\\r"
            + "\\n"
            + " <b> &nbsp; <br> <script> > \\0 é \ud83d\ude00";

    private static final List<String> MESSAGES = List.of(
            "From: A <a@b.example>\r\nTo: c@d.example, \"E, F\" <e@f.example>\r\nSubject: =?utf-8?q?h=C3=A9?=\r\n"
                    + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@b>\r\n\r\nHello\r\nworld\r\n",
            "Subject: x\r\n"
                    + " y\r\n"
                    + "MIME-Version: 1.0\r\n"
                    + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                    + "pre\r\n"
                    + "--b\r\n"
                    + "Content-Type: text/plain; charset=iso-8859-1\r\n"
                    + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                    + "a=E9=\r\n"
                    + "b\r\n"
                    + "--b\r\n"
                    + "Content-Type: text/html\r\n"
                    + "Content-Transfer-Encoding: base64\r\n"
                    + "Content-Disposition: attachment; filename=\"a b.html\"\r\n\r\n"
                    + "PGI+aGk8L2I+\r\n"
                    + "--b--\r\n"
                    + "epilogue\r\n",
            "Content-Type: multipart/digest; boundary=\"b\"\r\n\r\n"
                    + "--b\r\n\r\n"
                    + "Subject: in\r\n\r\n"
                    + "text\r\n"
                    + "--b\r\n"
                    + "Content-Type: message/rfc822\r\n\r\n"
                    + "Content-Type: multipart/alternative; boundary=bb\r\n\r\n"
                    + "--bb\r\n\r\n"
                    + "1\r\n"
                    + "--bb\r\n\r\n"
                    + "2\r\n"
                    + "--bb--\r\n\r\n"
                    + "--b--\r\n",
            "From a\nTo: g: x@y, z@w;\n\nbegin 644 f\n#0V%T\n`\nend\n");

    private MessageTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("message-parse", MESSAGE_TOKENS, MESSAGES, MessageTargets::parse),
                FuzzTarget.of("message-read", MESSAGE_TOKENS, MESSAGES, MessageTargets::read),
                FuzzTarget.of(
                        "message-decoders",
                        "\\r"
                                + "\\n"
                                + " = == =\\r"
                                + "\\n"
                                + " =\\s\\r"
                                + "\\n"
                                + " =4 =41 =g1 QUJD QQ== QUI= begin\\s644\\sf\\r"
                                + "\\n"
                                + " end ` #0V%T\\r"
                                + "\\n"
                                + " M \\r"
                                + " \\t",
                        List.of(
                                "QUJDREVG\r\nR0g=\r\n",
                                "a=3D=\r\nb \r\nc\r\n",
                                "begin 644 f\r\n#0V%T\r\n`\r\nend\r\n",
                                "+AGE-"),
                        MessageTargets::decode),
                FuzzTarget.of(
                        "message-words",
                        "=? ?= ?q? ?Q? ?b? ?B? =?utf-8?q? =?utf-8?b? =?iso-2022-jp?b? =?utf-7?q? =?x?q? _ =41 QUI= \\s"
                                + " \\r"
                                + "\\n"
                                + "\\s * é",
                        List.of(
                                "=?utf-8?q?h=C3=A9?= =?utf-8?b?w6k=?= x",
                                "a =?iso-8859-1*en?Q?b_c?=(d)",
                                "=?iso-2022-jp?b?GyRCNEEbKEI=?=",
                                "Grüße, plain words and a longword-longword-longword-longword-longword"),
                        MessageTargets::words),
                FuzzTarget.of(
                        "message-parameters",
                        "; = \" \\ ( ) / *0 *1 *0* *1* * utf-8''%41 %41 %g0 ''  charset boundary name filename"
                                + " text/plain attachment ,",
                        List.of(
                                "text/plain; charset=utf-8; format=flowed",
                                "attachment; filename*0*=utf-8''a%20; filename*1=b; filename=\"c\\\"d\"",
                                "multipart/mixed (x); boundary=\"a b\";; x=y"),
                        MessageTargets::parameters),
                FuzzTarget.of(
                        "message-addresses",
                        "@ < > , ; : ( ) \" \\ . [ ] a@b <a@b> g: \\r"
                                + "\\n"
                                + "\\s é xn-- [1.2.3.4] [IPv6:::1] @a,@b: =?utf-8?q?a?=",
                        List.of(
                                "A <a@b.example>, \"B, C\" <\"b c\"@d.example> (e)",
                                "g: a@b, c@d;, undisclosed-recipients:;",
                                "<@r1,@r2:a@b> , a . b @ c . d (comment (nested))",
                                "\"quoted local\"@bücher.example",
                                "x@[127.0.0.1]"),
                        MessageTargets::addresses),
                FuzzTarget.of(
                        "message-ids",
                        "< > @ . \\s \" ( ) [ ] \\ Re: Fwd: [a] (fwd) Re[2]: é İ",
                        List.of("<a.b@c>", " <x@[y]> <z@w>", "Re: [list] Fwd: subject (fwd)", "<\"a b\"@c> (d)"),
                        MessageTargets::ids),
                FuzzTarget.of(
                        "message-dates",
                        "Mon, Tue Jan Dec 1 31 29 Feb 99 1999 2024 24:00 23:59:60 +0000 -0000 GMT EST Z +2400 ( ) : ,"
                                + " \\s",
                        List.of(
                                "Tue, 24 Nov 2026 10:00:00 +0000",
                                "24 Nov 26 10:00 EST (x)",
                                "Thu,  1 Jan 1970 00:00:00 -1200",
                                "29 Feb 2024 23:59:60 Z"),
                        MessageTargets::dates),
                codec());
    }

    // ---- structure

    private static int parse(byte[] input, RandomGenerator random) {
        MessageLimits limits = random.nextInt(4) == 0 ? NARROW : MessageLimits.DEFAULT;
        MessageParser whole = new MessageParser(limits);
        whole.feed(input, 0, input.length);
        Part part = whole.finish();
        MessageParser pieces = new MessageParser(limits);
        for (int at = 0; at < input.length; ) {
            int count = Math.min(input.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 400));
            pieces.feed(input, at, count);
            at += count;
        }
        Texts.same("pieces make no difference", part, pieces.finish());
        Texts.same("pieces make no difference to defects", whole.defects(), pieces.defects());
        Texts.same("all of it", (long) input.length, part.endOffset());
        int shape = nested(part, 0);
        if (limits.equals(MessageLimits.DEFAULT)) {
            envelope(input, part);
        }
        return 31 * shape + whole.defects().hashCode();
    }

    private static int nested(Part part, int level) {
        if (part.headerOffset() < 0
                || part.bodyOffset() < part.headerOffset()
                || part.endOffset() < part.bodyOffset()
                || part.headerLines() < 0
                || part.bodyLines() < 0) {
            throw new AssertionError("offsets of " + part);
        }
        int shape = part.type().hashCode() + 7 * level;
        long from = part.bodyOffset();
        for (Part child : part.parts()) {
            if (child.headerOffset() < from || child.endOffset() > part.endOffset()) {
                throw new AssertionError("parts lie outside of one another: " + part);
            }
            from = child.endOffset();
            shape = 31 * shape + nested(child, level + 1);
        }
        Part message = part.message();
        if (message != null) {
            Texts.same("an embedded message begins with the body", part.bodyOffset(), message.headerOffset());
            Texts.same("an embedded message ends with the body", part.endOffset(), message.endOffset());
            shape = 31 * shape + nested(message, level + 1);
        }
        return shape;
    }

    /** The parse reads what the readers of fields read. */
    private static void envelope(byte[] input, Part part) {
        byte[] header = Arrays.copyOfRange(input, (int) part.headerOffset(), (int) part.bodyOffset());
        HeaderFields fields = HeaderFields.parse(header);
        Envelope envelope = Objects.requireNonNull(part.envelope());
        Texts.same("Subject", fields.first("Subject").orElse(null), envelope.subject());
        Texts.same("To", addresses(fields, "To"), envelope.to());
        Texts.same("Cc", addresses(fields, "Cc"), envelope.cc());
        Texts.same("From", addresses(fields, "From"), envelope.from());
        fields.first("Content-Type").ifPresent(text -> {
            ParameterizedValue value = ParameterizedValue.parseLenient(text, true);
            if (value.value().indexOf('/') > 0) {
                Texts.same("Content-Type", value.value(), part.type() + '/' + part.subtype());
                Texts.same("Content-Type's parameters", value.parameters(), part.parameters());
            }
        });
        fields.first("Content-Disposition").ifPresent(text -> {
            ParameterizedValue value = ParameterizedValue.parseLenient(text, false);
            if (!value.value().isEmpty()) {
                Texts.same("Content-Disposition", value.value(), part.disposition());
                Texts.same("its parameters", value.parameters(), part.dispositionParameters());
            }
        });
    }

    private static List<MailboxAddress> addresses(HeaderFields fields, String name) {
        return fields.all(name).stream()
                .flatMap(text -> AddressList.parseLenient(text, Integer.MAX_VALUE).entries().stream())
                .toList();
    }

    private static int read(byte[] input, RandomGenerator random) throws IOException {
        Part part = MessageParser.parse(input);
        MessageContent content = MessageContent.of(input);
        String preview = Preview.of(content, part);
        if (preview.codePointCount(0, preview.length()) > Preview.MAX_CHARACTERS) {
            throw new AssertionError("a long preview: " + preview);
        }
        return 31 * preview.length() + bodies(content, part);
    }

    private static int bodies(MessageContent content, Part part) throws IOException {
        int sum = HeaderFields.read(content, part).fields().size()
                + part.filename().orElse("").length();
        if (part.parts().isEmpty()) {
            try (Reader text = PartBody.text(content, part)) {
                sum += (int) text.transferTo(java.io.Writer.nullWriter());
            }
        }
        for (Part child : part.parts()) {
            sum += bodies(content, child);
        }
        Part message = part.message();
        return message == null ? sum : sum + bodies(content, message);
    }

    private static FuzzTarget codec() {
        List<byte[]> seeds = MESSAGES.stream()
                .map(message -> PartCodec.encode(MessageParser.parse(Texts.octets(message))))
                .toList();
        FuzzTarget target =
                FuzzTarget.of("message-codec", "\\0 a \u007f \u0080 text plain", List.of(), (input, random) -> {
                    try {
                        Part part = PartCodec.decode(input);
                        Texts.same(
                                "what was decoded is encoded and decoded",
                                part,
                                PartCodec.decode(PartCodec.encode(part)));
                        return 1;
                    } catch (CorruptPartException e) {
                        return Texts.kind(String.valueOf(e.getMessage()));
                    }
                });
        return new FuzzTarget() {
            @Override
            public String name() {
                return target.name();
            }

            @Override
            public List<byte[]> seeds() {
                return seeds;
            }

            @Override
            public List<byte[]> tokens() {
                return target.tokens();
            }

            @Override
            public int run(byte[] input, RandomGenerator random) throws Exception {
                return target.run(input, random);
            }
        };
    }

    // ---- values

    private static int decode(byte[] input, RandomGenerator random) throws IOException {
        int outcome = 0;
        for (TransferEncoding encoding : TransferEncoding.values()) {
            byte[] whole;
            try (InputStream in = encoding.decode(new ByteArrayInputStream(input))) {
                whole = in.readAllBytes();
            }
            byte[] pieces = new byte[whole.length];
            int length = 0;
            try (InputStream in = encoding.decode(Texts.cut(input, random))) {
                while (true) {
                    byte[] piece = new byte[1 + random.nextInt(30)];
                    int read = random.nextInt(5) == 0 ? one(in, piece) : in.read(piece);
                    if (read < 0) {
                        break;
                    }
                    if (length + read > whole.length) {
                        throw new AssertionError(encoding + " gives more when read in pieces");
                    }
                    System.arraycopy(piece, 0, pieces, length, read);
                    length += read;
                }
            }
            if (length != whole.length || !Arrays.equals(whole, pieces)) {
                throw new AssertionError(encoding + " differs when read in pieces");
            }
            outcome = 31 * outcome + Math.min(whole.length, 40);
        }
        return outcome;
    }

    private static int one(InputStream in, byte[] into) throws IOException {
        int octet = in.read();
        into[0] = (byte) octet;
        return octet < 0 ? -1 : 1;
    }

    private static int words(byte[] input, RandomGenerator random) {
        String text = HeaderText.decode(input, 0, input.length);
        String decoded = EncodedWords.decode(text);
        String plain = new String(input, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        if (!plain.isEmpty()) {
            Texts.same("what is encoded is decoded", plain, EncodedWords.decode(EncodedWords.encode(plain)));
        }
        return decoded.equals(text) ? 0 : 1 + Math.min(50, decoded.length());
    }

    private static int parameters(byte[] input, RandomGenerator random) {
        String text = HeaderText.decode(input, 0, input.length);
        ParameterizedValue value = ParameterizedValue.parseLenient(text, true);
        try {
            Texts.same("strictly the same", value, ParameterizedValue.parseContentType(text));
        } catch (SyntaxException e) {
            Texts.same(
                    "refused when damaged",
                    true,
                    value.damaged() || value.value().isEmpty());
        }
        try {
            ParameterizedValue.parse(text);
        } catch (SyntaxException e) {
            return 2 * value.parameters().size();
        }
        return 1 + 2 * value.parameters().size();
    }

    private static int addresses(byte[] input, RandomGenerator random) {
        String text = HeaderText.decode(input, 0, input.length);
        AddressList list = AddressList.parseLenient(text, Integer.MAX_VALUE);
        int outcome = Math.min(20, list.entries().size()) + (list.damaged() ? 100 : 0);
        for (Address address : list.addresses()) {
            reprint(address);
        }
        try {
            Address address = Address.parse(text);
            reprint(address);
            return outcome + 1000;
        } catch (SyntaxException e) {
            return outcome + 31 * Texts.kind(e.expected());
        }
    }

    private static void reprint(Address address) {
        try {
            Texts.same("an address is printed and read", address, Address.parse(address.print(true)));
        } catch (SyntaxException e) {
            throw new AssertionError(address.print(true), e);
        }
    }

    private static int ids(byte[] input, RandomGenerator random) {
        String text = HeaderText.decode(input, 0, input.length);
        BaseSubject subject = BaseSubject.of(text);
        int outcome = subject.equals(BaseSubject.of("")) ? 1 : 2;
        outcome +=
                4 * Math.min(9, MessageId.referenced(List.of(text), List.of()).size());
        try {
            MessageId id = MessageId.parse(text);
            return outcome + 100 + id.hashCode() % 3;
        } catch (SyntaxException e) {
            return outcome + 31 * Texts.kind(e.expected());
        }
    }

    private static int dates(byte[] input, RandomGenerator random) {
        String text = HeaderText.decode(input, 0, input.length);
        OffsetDateTime date;
        try {
            date = MessageDate.parse(text);
        } catch (SyntaxException e) {
            return Texts.kind(e.expected());
        }
        try {
            Texts.same("a date is printed and read", date, MessageDate.parse(MessageDate.print(date)));
        } catch (SyntaxException e) {
            throw new AssertionError(MessageDate.print(date), e);
        }
        return 1 + date.getMonthValue();
    }
}
