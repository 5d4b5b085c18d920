package org.moxmail.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Envelope;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.Parameter;

/** Reads ENVELOPE, BODY and BODYSTRUCTURE, RFC 9051 §9. */
final class StructureParser {
    private final Lexer in;

    StructureParser(Lexer in) {
        this.in = in;
    }

    Envelope envelope() throws SyntaxException {
        in.expect('(');
        String date = in.nstring();
        in.sp();
        String subject = in.nstring();
        in.sp();
        List<MailboxAddress> from = addresses();
        List<MailboxAddress> sender = addresses();
        List<MailboxAddress> replyTo = addresses();
        List<MailboxAddress> to = addresses();
        List<MailboxAddress> cc = addresses();
        List<MailboxAddress> bcc = addresses();
        String inReplyTo = in.nstring();
        in.sp();
        String messageId = in.nstring();
        in.expect(')');
        return new Envelope(date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageId);
    }

    /** Addresses and the space behind them. */
    private List<MailboxAddress> addresses() throws SyntaxException {
        List<MailboxAddress> addresses = new ArrayList<>();
        if (!in.eatWord("NIL")) {
            in.expect('(');
            while (!in.eat(')')) {
                in.eat(' ');
                addresses.add(address());
            }
        }
        in.sp();
        return addresses;
    }

    private MailboxAddress address() throws SyntaxException {
        in.expect('(');
        String name = in.nstring();
        in.sp();
        String adl = in.nstring();
        in.sp();
        String localpart = in.nstring();
        in.sp();
        String host = in.nstring();
        in.expect(')');
        return new MailboxAddress(name, adl, localpart, host);
    }

    BodyStructure body() throws SyntaxException {
        in.enter();
        in.expect('(');
        BodyStructure body = in.peek() == '(' ? multipart() : single();
        in.expect(')');
        in.leave();
        return body;
    }

    private BodyStructure multipart() throws SyntaxException {
        List<BodyStructure> parts = new ArrayList<>();
        do {
            parts.add(body());
        } while (in.peek() == '(');
        in.sp();
        String subtype = word();
        List<Parameter> parameters = List.of();
        BodyStructure.Extension extension = null;
        if (in.eat(' ')) {
            parameters = parameters();
            extension = extension(null);
        }
        return new BodyStructure.Multipart(parts, subtype, parameters, extension);
    }

    private BodyStructure single() throws SyntaxException {
        String type = word();
        in.sp();
        String subtype = word();
        in.sp();
        List<Parameter> parameters = parameters();
        in.sp();
        String id = in.nstring();
        in.sp();
        String description = in.nstring();
        in.sp();
        String encoding = in.nstring();
        in.sp();
        long size = in.number64();
        Envelope envelope = null;
        BodyStructure message = null;
        long lines = ImapCommand.ABSENT;
        boolean more = in.eat(' ');
        if (more && in.peek() == '(' && type.equals("message")) {
            envelope = envelope();
            in.sp();
            message = body();
            in.sp();
            lines = in.number64();
            more = in.eat(' ');
        } else if (more && in.peek() >= '0' && in.peek() <= '9') {
            lines = in.number64();
            more = in.eat(' ');
        }
        BodyStructure.Extension extension = more ? extension(in.nstring()) : null;
        return new BodyStructure.Single(
                type,
                subtype,
                parameters,
                id,
                description,
                encoding == null ? "7bit" : encoding.toLowerCase(Locale.ROOT),
                size,
                lines,
                envelope,
                message,
                extension);
    }

    private BodyStructure.Extension extension(@Nullable String md5) throws SyntaxException {
        String disposition = null;
        List<Parameter> dispositionParameters = List.of();
        List<String> languages = List.of();
        String location = null;
        if (in.eat(' ')) {
            if (!in.eatWord("NIL")) {
                in.expect('(');
                disposition = word();
                in.sp();
                dispositionParameters = parameters();
                in.expect(')');
            }
            if (in.eat(' ')) {
                languages = languages();
                if (in.eat(' ')) {
                    location = in.nstring();
                }
            }
        }
        while (in.eat(' ')) {
            // RFC 9051 §9, body-extension: fields to come must be accepted.
            ResponseDecoder.skip(in);
        }
        return new BodyStructure.Extension(md5, disposition, dispositionParameters, languages, location);
    }

    private List<String> languages() throws SyntaxException {
        if (!in.eat('(')) {
            String language = in.nstring();
            return language == null ? List.of() : List.of(language);
        }
        List<String> languages = new ArrayList<>();
        do {
            languages.add(in.string().text());
        } while (!in.listEnd());
        return languages;
    }

    private List<Parameter> parameters() throws SyntaxException {
        if (in.eatWord("NIL")) {
            return List.of();
        }
        List<Parameter> parameters = new ArrayList<>();
        in.expect('(');
        do {
            String name = word();
            in.sp();
            parameters.add(new Parameter(name, in.string().text()));
        } while (!in.listEnd());
        return parameters;
    }

    private String word() throws SyntaxException {
        return in.string().text().toLowerCase(Locale.ROOT);
    }
}
