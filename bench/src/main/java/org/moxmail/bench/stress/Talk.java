package org.moxmail.bench.stress;

import static org.moxmail.bench.stress.Violation.check;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.ResponseReader;

/** A connection, whose responses are read by the grammar, and the end of what was said on it. */
final class Talk implements AutoCloseable {
    private static final int MILLIS = 60_000;
    private static final int KEPT = 600;
    private static final int SHOWN = 400;

    private final Socket socket = new Socket();
    private final ResponseReader in;
    private final OutputStream out;
    private final ArrayDeque<String> said = new ArrayDeque<>();
    private int commands;
    private boolean leaving;

    Talk(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(MILLIS);
        socket.connect(address, MILLIS);
        in = new ResponseReader(socket.getInputStream(), ImapLimits.CLIENT);
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    private void note(String line) {
        if (said.size() == KEPT) {
            said.removeFirst();
        }
        said.addLast(line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line);
    }

    /** What was said last. */
    List<String> tail() {
        return List.copyOf(said);
    }

    ImapResponse read() throws IOException {
        ImapResponse response = in.read(MailboxEncoding.MODIFIED_UTF7, null);
        note("S: " + response);
        return response;
    }

    String send(String command) throws IOException {
        String tag = "t" + ++commands;
        leaving = command.equals("LOGOUT");
        raw(tag + " " + command + "\r\n");
        return tag;
    }

    void raw(String text) throws IOException {
        note("C: " + text.strip());
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Reads up to the tagged answer, which is OK or NO. */
    ImapResponse.Tagged finish(String tag, Consumer<ImapResponse> untagged) throws IOException {
        while (true) {
            ImapResponse response = read();
            if (response instanceof ImapResponse.Tagged tagged) {
                check(tagged.tag().text().equals(tag), "an answer to another command:", tagged.tag(), tag);
                check(tagged.status() != ImapResponse.Status.BAD, "refused as bad:", tagged);
                return tagged;
            }
            if (response instanceof ImapResponse.Condition condition) {
                check(leaving || condition.status() != ImapResponse.Status.BYE, "sent away:", condition);
                check(condition.status() != ImapResponse.Status.BAD, "refused as bad:", condition);
            }
            untagged.accept(response);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
