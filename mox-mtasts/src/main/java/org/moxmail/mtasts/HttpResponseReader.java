package org.moxmail.mtasts;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the one response of a connection that ends with it, RFC 9112. No redirects, no caching, no content codings: whoever
 * asks doesn't offer any.
 */
final class HttpResponseReader {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final InputStream in;
    private final int bodyBytes;
    private int headerLeft;

    private int status;
    private long contentLength = -1;
    private boolean chunked;
    private String mediaType = "";

    HttpResponseReader(InputStream in, int headerBytes, int bodyBytes) {
        this.in = in;
        this.headerLeft = headerBytes;
        this.bodyBytes = bodyBytes;
    }

    /** Reads the header of the final response, and gives its status. */
    int status() throws IOException {
        do {
            readHead();
        } while (status / 100 == 1 && status != SWITCHING_PROTOCOLS);
        return status;
    }

    /** The media type without parameters, in lower case; empty when the header names none. */
    String mediaType() {
        return mediaType;
    }

    /** Reads the body that follows; empty when it is larger than allowed. */
    Optional<byte[]> body() throws IOException {
        if (chunked) {
            return chunks();
        }
        if (contentLength > bodyBytes) {
            return Optional.empty();
        }
        if (contentLength >= 0) {
            byte[] body = in.readNBytes((int) contentLength);
            if (body.length < contentLength) {
                throw new EOFException("the connection ended within the response");
            }
            return Optional.of(body);
        }
        byte[] body = in.readNBytes(bodyBytes + 1);
        return body.length > bodyBytes ? Optional.empty() : Optional.of(body);
    }

    private void readHead() throws IOException {
        String line = line();
        // HTTP-version SP status-code SP [ reason-phrase ], RFC 9112 §4; some leave out the last space.
        if (!line.matches("HTTP/1\\.[0-9] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("no HTTP/1.1 response");
        }
        status = Integer.parseInt(line.substring(9, 12));
        contentLength = -1;
        chunked = false;
        mediaType = "";
        for (line = line(); !line.isEmpty(); line = line()) {
            field(line);
        }
    }

    private void field(String line) throws IOException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IOException("a header line without colon");
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> {
                if (!value.matches("[0-9]{1,15}") || contentLength >= 0 && contentLength != Long.parseLong(value)) {
                    throw new IOException("a Content-Length that is none");
                }
                contentLength = Long.parseLong(value);
            }
            case "transfer-encoding" -> {
                if (!value.equalsIgnoreCase("chunked")) {
                    throw new IOException("a transfer coding that nobody asked for");
                }
                chunked = true;
            }
            case "content-encoding" -> {
                if (!value.equalsIgnoreCase("identity")) {
                    throw new IOException("a content coding that nobody asked for");
                }
            }
            case "content-type" -> mediaType = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            default -> {
                // Nothing else matters for a policy.
            }
        }
    }

    private Optional<byte[]> chunks() throws IOException {
        byte[] body = new byte[0];
        while (true) {
            String line = line();
            int semicolon = line.indexOf(';');
            String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new IOException("a chunk size that is none");
            }
            long octets = Long.parseLong(size, 16);
            if (octets == 0) {
                return Optional.of(body);
            }
            if (body.length + octets > bodyBytes) {
                return Optional.empty();
            }
            byte[] more = new byte[body.length + (int) octets];
            System.arraycopy(body, 0, more, 0, body.length);
            if (in.readNBytes(more, body.length, (int) octets) < octets) {
                throw new EOFException("the connection ended within the response");
            }
            body = more;
            if (!line().isEmpty()) {
                throw new IOException("a chunk longer than it says");
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection ended within the response");
            }
            if (--headerLeft < 0) {
                throw new IOException("a response header that is too long");
            }
            if (c == '\n') {
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return line.toString();
            }
            line.append((char) c);
        }
    }

    /** The request that this answers, RFC 9112 §3. */
    static byte[] request(String host, String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUser-Agent: mox\r\nAccept: text/plain\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
