package org.moxmail.smtp;

import java.util.Set;
import org.moxmail.dns.SyntaxException;

/**
 * Reads and prints command lines, both without their CRLF.
 *
 * <p>The law: for each command {@code c} that exists, {@code parse(print(c), …)} equals {@code c}, and for each line that
 * parses, printing and parsing again changes nothing.
 */
public final class SmtpSyntax {
    private SmtpSyntax() {}

    /**
     * Reads a line. A line whose verb is unknown is a {@link SmtpCommand.Unknown}, not an error.
     *
     * @throws SyntaxException when a known command has arguments that don't follow its grammar; the offset is in chars
     */
    public static SmtpCommand parse(String line, Set<Leniency> leniencies) throws SyntaxException {
        return CommandGrammar.parse(line, leniencies);
    }

    /** Prints a command. Domains are in ASCII; localparts are as they are. */
    public static String print(SmtpCommand command) {
        return CommandGrammar.print(command);
    }
}
