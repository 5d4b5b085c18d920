package org.moxmail.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads and prints command lines, RFC 5321 §4.1.1. */
final class CommandGrammar {
    private static final String RFC = "RFC 5321 §4.1.1";
    private static final Set<String> VERBS = Set.of(
            "EHLO",
            "HELO",
            "MAIL",
            "RCPT",
            "DATA",
            "BDAT",
            "RSET",
            "VRFY",
            "EXPN",
            "HELP",
            "NOOP",
            "QUIT",
            "STARTTLS",
            "AUTH");

    /** Octets of a chunk's size are told in at most so many digits: more than any message has. */
    private static final int BDAT_DIGITS = 18;

    /** Chars of a mechanism's name, RFC 4422 §3.1. */
    private static final int MECHANISM_CHARS = 20;

    private CommandGrammar() {}

    static SmtpCommand parse(String line, Set<Leniency> leniencies) throws SyntaxException {
        String stripped = stripEnd(line);
        if (isUnknown(stripped)) {
            return new SmtpCommand.Unknown(stripped);
        }
        if (stripped.length() < line.length() && !leniencies.contains(Leniency.TRAILING_SPACE)) {
            throw new SyntaxException(stripped.length(), "no space at the end", RFC);
        }
        for (int i = 0; i < stripped.length(); i++) {
            if (Cursor.isControl(stripped.charAt(i))) {
                throw new SyntaxException(i, "no control character", RFC);
            }
        }
        Cursor in = new Cursor(stripped);
        String verb = verb(stripped);
        in.at = verb.length();
        return arguments(verb, in, leniencies);
    }

    private static SmtpCommand arguments(String verb, Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        return switch (verb) {
            case "EHLO" -> new SmtpCommand.Ehlo(hello(in, true, leniencies));
            case "HELO" -> new SmtpCommand.Helo(hello(in, false, leniencies));
            case "MAIL" -> mail(in, leniencies);
            case "RCPT" -> rcpt(in, leniencies);
            case "BDAT" -> bdat(in);
            case "AUTH" -> auth(in, leniencies);
            case "VRFY" -> new SmtpCommand.Vrfy(required(in));
            case "EXPN" -> new SmtpCommand.Expn(required(in));
            case "HELP" -> new SmtpCommand.Help(optional(in));
            case "NOOP" -> new SmtpCommand.Noop(optional(in));
            default -> {
                in.end(RFC);
                yield switch (verb) {
                    case "DATA" -> new SmtpCommand.Data();
                    case "RSET" -> new SmtpCommand.Rset();
                    case "QUIT" -> new SmtpCommand.Quit();
                    default -> new SmtpCommand.StartTls();
                };
            }
        };
    }

    private static HelloName hello(Cursor in, boolean extended, Set<Leniency> leniencies) throws SyntaxException {
        boolean any = leniencies.contains(Leniency.ANY_HELLO_NAME);
        if (any && in.atEnd()) {
            return new HelloName.Opaque("");
        }
        in.expect(' ', RFC);
        int start = in.at;
        try {
            return helloName(in, extended, leniencies);
        } catch (SyntaxException e) {
            if (!any) {
                throw e;
            }
            in.at = start;
            return new HelloName.Opaque(in.rest());
        }
    }

    private static HelloName helloName(Cursor in, boolean literals, Set<Leniency> leniencies) throws SyntaxException {
        if (in.peek() != '[') {
            MailHost domain = MailHost.of(PathGrammar.domain(in));
            in.end("RFC 5321 §4.1.1.1");
            return domain;
        }
        // RFC 5321 §4.1.1.1: HELO takes a domain only; that it takes literals too is common enough when any name goes.
        if (!literals && !leniencies.contains(Leniency.ANY_HELLO_NAME)) {
            throw in.error("a domain", "RFC 5321 §4.1.1.1");
        }
        AddressLiteral literal = PathGrammar.literal(in);
        if (!in.atEnd() && !(leniencies.contains(Leniency.TEXT_AFTER_LITERAL) && in.peek() == ' ')) {
            throw in.error("the end", "RFC 5321 §4.1.1.1");
        }
        return literal;
    }

    static boolean isOpaqueHello(String text) {
        if (!stripEnd(text).equals(text) || text.chars().anyMatch(Cursor::isControl)) {
            return false;
        }
        try {
            helloName(new Cursor(text), true, Leniency.SUBMISSION);
            return false;
        } catch (SyntaxException e) {
            return true;
        }
    }

    private static SmtpCommand mail(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        beforePath(in, " FROM:", leniencies);
        ReversePath from = PathGrammar.reversePath(in, leniencies);
        return new SmtpCommand.Mail(from, parameters(in));
    }

    private static SmtpCommand rcpt(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        beforePath(in, " TO:", leniencies);
        ForwardPath to = PathGrammar.forwardPath(in, leniencies);
        return new SmtpCommand.Rcpt(to, parameters(in));
    }

    private static void beforePath(Cursor in, String word, Set<Leniency> leniencies) throws SyntaxException {
        if (!in.takeWord(word)) {
            throw in.error("'" + word + "'", RFC);
        }
        if (leniencies.contains(Leniency.SPACE_AFTER_COLON)) {
            in.skipSpaces();
        }
    }

    private static List<EsmtpParameter> parameters(Cursor in) throws SyntaxException {
        List<EsmtpParameter> parameters = new ArrayList<>();
        while (!in.atEnd()) {
            in.expect(' ', "RFC 5321 §4.1.2");
            int start = in.at;
            int space = in.text.indexOf(' ', start);
            String text = in.text.substring(start, space < 0 ? in.text.length() : space);
            int equals = text.indexOf('=');
            String keyword = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? null : text.substring(equals + 1);
            if (!isKeyword(keyword) || (value != null && !isParameterValue(value))) {
                throw in.error("a parameter", "RFC 5321 §4.1.2");
            }
            parameters.add(new EsmtpParameter(keyword, value));
            in.at = start + text.length();
        }
        return parameters;
    }

    private static SmtpCommand bdat(Cursor in) throws SyntaxException {
        in.expect(' ', "RFC 3030 §2");
        int start = in.at;
        while (Cursor.isDigit(in.peek())) {
            in.at++;
        }
        if (in.at == start || in.at - start > BDAT_DIGITS) {
            throw new SyntaxException(start, "a size", "RFC 3030 §2");
        }
        long size = Long.parseLong(in.text.substring(start, in.at));
        boolean last = in.takeWord(" LAST");
        in.end("RFC 3030 §2");
        return new SmtpCommand.Bdat(size, last);
    }

    private static SmtpCommand auth(Cursor in, Set<Leniency> leniencies) throws SyntaxException {
        in.expect(' ', "RFC 4954 §4");
        int start = in.at;
        int space = in.text.indexOf(' ', start);
        String mechanism = in.text.substring(start, space < 0 ? in.text.length() : space);
        if (!isMechanism(mechanism)) {
            throw in.error("a mechanism", "RFC 4954 §4");
        }
        in.at = start + mechanism.length();
        if (in.atEnd()) {
            return new SmtpCommand.Auth(mechanism, null);
        }
        in.expect(' ', "RFC 4954 §4");
        if (leniencies.contains(Leniency.AUTH_SPACES)) {
            in.skipSpaces();
        }
        if (in.atEnd() || in.text.indexOf(' ', in.at) >= 0) {
            throw in.error("an initial response without spaces", "RFC 4954 §4");
        }
        return new SmtpCommand.Auth(mechanism, in.rest());
    }

    private static String required(Cursor in) throws SyntaxException {
        in.expect(' ', RFC);
        if (in.atEnd()) {
            throw in.error("an argument", RFC);
        }
        return in.rest();
    }

    private static @Nullable String optional(Cursor in) throws SyntaxException {
        if (in.atEnd()) {
            return null;
        }
        return required(in);
    }

    static void requireArgument(String argument) {
        if (argument.isEmpty()
                || !stripEnd(argument).equals(argument)
                || argument.chars().anyMatch(Cursor::isControl)) {
            throw new IllegalArgumentException("no argument for a command");
        }
    }

    static boolean isKeyword(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Cursor.isAlpha(c) && !Cursor.isDigit(c) && (c != '-' || i == 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** RFC 5321 §4.1.2 with the UTF-8 of RFC 6531 §3.3. */
    static boolean isParameterValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '=' || c == 0x7f) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isMechanism(String text) {
        return !text.isEmpty()
                && text.length() <= MECHANISM_CHARS
                && text.chars().allMatch(c -> Cursor.isAlpha(c) || Cursor.isDigit(c) || c == '-' || c == '_');
    }

    static boolean isUnknown(String line) {
        return stripEnd(line).equals(line)
                && line.indexOf('\r') < 0
                && line.indexOf('\n') < 0
                && !VERBS.contains(verb(line).toUpperCase(Locale.ROOT));
    }

    private static String stripEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static String verb(String line) {
        int space = line.indexOf(' ');
        return (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    static String print(SmtpCommand command) {
        return switch (command) {
            case SmtpCommand.Ehlo ehlo -> joined("EHLO", ehlo.name().print());
            case SmtpCommand.Helo helo -> joined("HELO", helo.name().print());
            case SmtpCommand.Mail mail -> "MAIL FROM:" + mail.from().print() + print(mail.parameters());
            case SmtpCommand.Rcpt rcpt -> "RCPT TO:" + rcpt.to().print() + print(rcpt.parameters());
            case SmtpCommand.Bdat bdat -> "BDAT " + bdat.size() + (bdat.last() ? " LAST" : "");
            case SmtpCommand.Vrfy vrfy -> "VRFY " + vrfy.argument();
            case SmtpCommand.Expn expn -> "EXPN " + expn.argument();
            case SmtpCommand.Help help -> joined("HELP", help.argument());
            case SmtpCommand.Noop noop -> joined("NOOP", noop.argument());
            case SmtpCommand.Auth auth -> joined("AUTH " + auth.mechanism(), auth.initialResponse());
            case SmtpCommand.Unknown unknown -> unknown.line();
            case SmtpCommand.Data data -> data.verb();
            case SmtpCommand.Rset rset -> rset.verb();
            case SmtpCommand.Quit quit -> quit.verb();
            case SmtpCommand.StartTls startTls -> startTls.verb();
        };
    }

    private static String joined(String verb, @Nullable String argument) {
        return argument == null || argument.isEmpty() ? verb : verb + " " + argument;
    }

    private static String print(List<EsmtpParameter> parameters) {
        StringBuilder out = new StringBuilder();
        for (EsmtpParameter parameter : parameters) {
            out.append(' ').append(parameter.print());
        }
        return out.toString();
    }
}
