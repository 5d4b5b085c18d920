package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes bodies with their MIME fields: the one of a message, or as many as there shall be into a multipart. */
public final class BodyComposer {
    private final Composer composer;
    private final Composer.Sink sink;
    private final ComposeOptions options;
    private final @Nullable String boundary;
    private int parts;

    BodyComposer(Composer composer, Composer.Sink sink, ComposeOptions options, @Nullable String boundary) {
        this.composer = composer;
        this.sink = sink;
        this.options = options;
        this.boundary = boundary;
    }

    private void begin() throws IOException {
        parts++;
        if (boundary != null) {
            sink.ascii((parts == 1 ? "" : "\r\n") + "--" + boundary + "\r\n");
        } else if (parts > 1) {
            throw new IllegalStateException("a message has one body");
        }
    }

    private void field(String name, String value, List<Parameter> parameters) throws IOException {
        HeaderFolder folder = new HeaderFolder(name);
        List<String> tokens = new ArrayList<>();
        tokens.add(value);
        for (Parameter parameter : parameters) {
            tokens.addAll(HeaderWords.parameter(parameter.name(), parameter.value(), options.smtpUtf8()));
        }
        for (int i = 0; i < tokens.size(); i++) {
            folder.token(tokens.get(i) + (i + 1 < tokens.size() ? ";" : ""));
        }
        sink.ascii(folder.field());
    }

    /**
     * Writes text, with CRLF for all its line ends, as 7bit or 8bit when its lines are short enough, else in
     * quoted-printable or base64, whichever is shorter. The text of a message without parts ends in a line end: one is
     * added when there is none.
     *
     * @param subtype such as {@code plain} or {@code html}
     */
    public void text(String subtype, String text) throws IOException {
        begin();
        String lines = crlf(text);
        if (boundary == null && !lines.endsWith("\r\n")) {
            lines += "\r\n";
        }
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        boolean ascii = HeaderFields.isAscii(text);
        TransferEncoding encoding = TransferEncoders.choose(octets, options.eightBit());
        field("Content-Type", "text/" + subtype, List.of(new Parameter("charset", ascii ? "us-ascii" : "utf-8")));
        field("Content-Transfer-Encoding", encoding.keyword(), List.of());
        sink.ascii("\r\n");
        TransferEncoders.write(octets, encoding, sink);
        endBody(encoding == TransferEncoding.BASE64);
    }

    /** A message's last line has a line end (RFC 5321 §4.1.1.4); a delimiter brings the one in front of it along. */
    private void endBody(boolean open) throws IOException {
        if (open && boundary == null) {
            sink.ascii("\r\n");
        }
    }

    private static String crlf(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                lines.append("\r\n");
                if (i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
            } else if (c == '\n') {
                lines.append("\r\n");
            } else {
                lines.append(c);
            }
        }
        return lines.toString();
    }

    /**
     * Writes a file in base64, as it streams.
     *
     * @param mediaType such as {@code image/png}
     * @param filename empty for none
     */
    public void attachment(String mediaType, String filename, InputStream octets) throws IOException {
        List<Parameter> names = filename.isEmpty() ? List.of() : List.of(new Parameter("filename", filename));
        octets(mediaType, List.of(), "attachment", names, octets);
    }

    /**
     * Writes octets in base64, as they stream.
     *
     * @param disposition {@code attachment}, {@code inline}, or empty for no Content-Disposition
     */
    public void octets(
            String mediaType,
            List<Parameter> parameters,
            String disposition,
            List<Parameter> dispositionParameters,
            InputStream octets)
            throws IOException {
        begin();
        field("Content-Type", mediaType, parameters);
        if (!disposition.isEmpty()) {
            field("Content-Disposition", disposition, dispositionParameters);
        }
        field("Content-Transfer-Encoding", TransferEncoding.BASE64.keyword(), List.of());
        sink.ascii("\r\n");
        TransferEncoders.base64(octets, sink);
        endBody(true);
    }

    /**
     * Writes a part whose octets are ready and stay as they are, such as {@code message/rfc822} or
     * {@code message/delivery-status}: lines with CRLF.
     *
     * @param eightBit whether octets above 127 are among them; they are written even when the options don't ask for it,
     *     for embedded messages may not be encoded (RFC 2046 §5.2.1)
     */
    public void identity(String mediaType, List<Parameter> parameters, boolean eightBit, InputStream octets)
            throws IOException {
        begin();
        field("Content-Type", mediaType, parameters);
        TransferEncoding encoding = eightBit ? TransferEncoding.EIGHT_BIT : TransferEncoding.SEVEN_BIT;
        field("Content-Transfer-Encoding", encoding.keyword(), List.of());
        sink.ascii("\r\n");
        octets.transferTo(sink);
    }

    /** Writes a multipart with the parts that {@code writer} writes, at least one. */
    public void multipart(String subtype, List<Parameter> parameters, Composer.Parts writer) throws IOException {
        begin();
        // "=_" can't be in quoted-printable or base64, RFC 2045 §6.7.
        String inner = "=_" + composer.token();
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(new Parameter("boundary", inner));
        field("Content-Type", "multipart/" + subtype, all);
        sink.ascii("\r\n");
        BodyComposer body = new BodyComposer(composer, sink, options, inner);
        writer.write(body);
        if (body.parts == 0) {
            throw new IllegalStateException("a multipart without parts");
        }
        sink.ascii("\r\n--" + inner + "--\r\n");
    }
}
