package org.moxmail.imap.client;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.CommandEncoder;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapProtocolException;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.ResponseReader;
import org.moxmail.imap.Tag;
import org.moxmail.imap.TaggedCommand;

/**
 * One command after the other on a connection, and what has to be known of the server to write and read them: its
 * capabilities and what was enabled.
 */
final class Wire {
    /** The server refused a literal in the middle of a command: the command is over. */
    private static final class LiteralRefused extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient ImapResponse.Tagged tagged;

        LiteralRefused(ImapResponse.Tagged tagged) {
            super("literal refused");
            this.tagged = tagged;
        }
    }

    private final ImapLimits limits;
    private ImapStreams connection;
    private ResponseReader reader;
    private CommandEncoder encoder;
    private MailboxEncoding encoding = MailboxEncoding.MODIFIED_UTF7;
    private @Nullable Set<String> capabilities;
    private final Set<String> enabled = new HashSet<>();
    private long lastTag;
    private @Nullable String bye;

    /** The command that is being answered, and what came so far. */
    private @Nullable Tag current;

    private List<ImapResponse> untagged = new ArrayList<>();
    private long kept;
    private String challenge = "";
    private ResponseReader.@Nullable LiteralSink sink;

    Wire(ImapStreams connection, ImapLimits limits) {
        this.connection = connection;
        this.limits = limits;
        this.reader = new ResponseReader(connection.in(), limits);
        this.encoder = newEncoder();
    }

    private CommandEncoder newEncoder() {
        CommandEncoder fresh = new CommandEncoder(connection.out(), this::awaitLiteral);
        fresh.encoding(encoding);
        return fresh;
    }

    CommandEncoder encoder() {
        return encoder;
    }

    ImapStreams connection() {
        return connection;
    }

    Optional<Set<String>> capabilities() {
        return Optional.ofNullable(capabilities);
    }

    void forgetCapabilities() {
        capabilities = null;
        encoder.nonSynchronizing(CommandEncoder.NonSynchronizing.NONE);
    }

    Set<String> enabled() {
        return Set.copyOf(enabled);
    }

    boolean utf8() {
        return encoding == MailboxEncoding.UTF8;
    }

    /** Takes up a connection with TLS in place of the one without. */
    void upgrade(ImapStreams.Upgrade upgrade) throws IOException {
        // RFC 9051 §6.2.1: what came in plaintext behind the OK may be an attacker's.
        if (reader.buffered() > 0) {
            throw new ImapProtocolException("plaintext behind the answer to STARTTLS");
        }
        connection = upgrade.upgrade(connection);
        reader = new ResponseReader(connection.in(), limits);
        encoder = newEncoder();
        forgetCapabilities();
    }

    // Reading

    /** The next response, whatever it is. */
    ImapResponse read() throws IOException {
        ImapResponse response;
        try {
            response = reader.read(encoding, sink);
        } catch (EOFException e) {
            if (bye == null) {
                throw e;
            }
            EOFException told = new EOFException("the server closed the connection: " + bye);
            told.initCause(e);
            throw told;
        }
        note(response);
        return response;
    }

    private void note(ImapResponse response) {
        switch (response) {
            case ImapResponse.Capability told -> capable(told.capabilities());
            case ImapResponse.Tagged tagged -> note(tagged.code());
            case ImapResponse.Condition condition -> {
                note(condition.code());
                if (condition.status() == ImapResponse.Status.BYE) {
                    bye = condition.text();
                }
            }
            case ImapResponse.Enabled told -> enabled(told.capabilities());
            default -> {}
        }
    }

    private void note(@Nullable ResponseCode code) {
        if (code instanceof ResponseCode.Capability told) {
            capable(told.capabilities());
        }
    }

    private void capable(List<String> words) {
        Set<String> upper = new HashSet<>();
        words.forEach(word -> upper.add(Words.upper(word)));
        capabilities = Set.copyOf(upper);
        if (upper.contains("LITERAL+")) {
            encoder.nonSynchronizing(CommandEncoder.NonSynchronizing.ALL);
        } else if (upper.contains("LITERAL-") || upper.contains("IMAP4REV2")) {
            encoder.nonSynchronizing(CommandEncoder.NonSynchronizing.SMALL);
        } else {
            encoder.nonSynchronizing(CommandEncoder.NonSynchronizing.NONE);
        }
    }

    private void enabled(List<String> words) {
        words.forEach(word -> enabled.add(Words.upper(word)));
        if (enabled.contains("IMAP4REV2") || enabled.contains("UTF8=ACCEPT")) {
            encoding = MailboxEncoding.UTF8;
            encoder.encoding(encoding);
        }
    }

    /** Reads until the current command ends or the server asks for more; the tagged response, or null then. */
    ImapResponse.@Nullable Tagged advance() throws IOException {
        while (true) {
            ImapResponse response = read();
            switch (response) {
                case ImapResponse.Continuation continuation -> {
                    challenge = continuation.text();
                    return null;
                }
                case ImapResponse.Tagged tagged -> {
                    if (!tagged.tag().equals(current)) {
                        throw new ImapProtocolException("an answer to no command: tag " + tagged.tag());
                    }
                    return tagged;
                }
                default -> keep(response);
            }
        }
    }

    /** The text of the continuation request that {@link #advance} stopped at. */
    String challenge() {
        return challenge;
    }

    private void keep(ImapResponse response) throws IOException {
        if (sink instanceof FetchVisitor visitor && response instanceof ImapResponse.Fetch fetch) {
            visitor.message(fetch);
            return;
        }
        kept += reader.kept() + 64L;
        if (kept > limits.command()) {
            throw new ImapProtocolException("more responses to one command than the limits allow");
        }
        untagged.add(response);
    }

    // Commands

    /** Starts a command; {@link #finish} or {@link #end} ends it. */
    private Tag begin(@Nullable FetchVisitor visitor) {
        if (current != null) {
            throw new IllegalStateException("the command before hasn't ended");
        }
        Tag tag = new Tag("a" + ++lastTag);
        current = tag;
        untagged = new ArrayList<>();
        kept = 0;
        sink = visitor;
        return tag;
    }

    /** Writes a command and flushes. The reply when it is over already, because a literal was refused. */
    Optional<Reply> send(ImapCommand command, @Nullable FetchVisitor visitor) throws IOException {
        Tag tag = begin(visitor);
        try {
            encoder.write(new TaggedCommand(tag, command));
            encoder.flush();
            return Optional.empty();
        } catch (LiteralRefused e) {
            return Optional.of(end(e.tagged));
        }
    }

    private void awaitLiteral() throws IOException {
        ImapResponse.Tagged tagged = advance();
        if (tagged != null) {
            throw new LiteralRefused(tagged);
        }
    }

    /** What came for the current command so far, which its reply then won't have. */
    List<ImapResponse> takeUntagged() {
        List<ImapResponse> taken = untagged;
        untagged = new ArrayList<>();
        return taken;
    }

    /** Ends the current command. */
    Reply end(ImapResponse.Tagged tagged) {
        Reply reply = new Reply(tagged, untagged);
        current = null;
        sink = null;
        untagged = new ArrayList<>();
        return reply;
    }

    /** Reads the rest of the current command's answer. */
    Reply finish() throws IOException {
        ImapResponse.Tagged tagged = advance();
        if (tagged == null) {
            throw new ImapProtocolException("a continuation request that nothing asked for");
        }
        return end(tagged);
    }

    Reply execute(ImapCommand command, @Nullable FetchVisitor visitor) throws IOException {
        Optional<Reply> early = send(command, visitor);
        return early.isPresent() ? early.get() : finish();
    }

    void close() throws IOException {
        connection.resource().close();
    }
}
