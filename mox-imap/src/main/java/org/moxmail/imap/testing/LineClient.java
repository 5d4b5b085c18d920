package org.moxmail.imap.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that knows lines only. Text is octets as ISO 8859-1 has them. Blocks until something comes. */
public final class LineClient implements Closeable {
    private final Socket socket;
    private final InputStream in;

    /** Takes over a connected socket. */
    public LineClient(Socket socket) throws IOException {
        this.socket = socket;
        in = socket.getInputStream();
    }

    /** Sends text and CRLF. */
    public void line(String text) throws IOException {
        raw(text + "\r\n");
    }

    /** Sends text as it is. */
    public void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next line without its end; null when the peer has closed. */
    public @Nullable String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        while (octet >= 0 && octet != '\n') {
            line.write(octet);
            octet = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Exactly so many octets. */
    public String read(int octets) throws IOException {
        return new String(in.readNBytes(octets), StandardCharsets.ISO_8859_1);
    }

    /** Sends a command and returns everything up to its tagged response, lines separated by LF. */
    public String command(String tagged) throws IOException {
        line(tagged);
        return answer(tagged.substring(0, tagged.indexOf(' ')));
    }

    /** Everything up to the tagged response, or up to the end of the connection. */
    public String answer(String tag) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = read(); line != null; line = read()) {
            all.append(line).append('\n');
            if (line.startsWith(tag + " ")) {
                break;
            }
        }
        return all.toString();
    }

    /** Whether octets wait to be read. */
    public boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Says that nothing more will be sent. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
