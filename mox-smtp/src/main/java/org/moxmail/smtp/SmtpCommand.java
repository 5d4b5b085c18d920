package org.moxmail.smtp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A command line, RFC 5321 §4.1.1 and the extensions named at each variant. Parameters of MAIL and RCPT are kept as they
 * are: which of them exist depends on what a server offers.
 */
public sealed interface SmtpCommand {
    /** RFC 5321 §4.1.1.1. */
    record Ehlo(HelloName name) implements SmtpCommand {
        @Override
        public String verb() {
            return "EHLO";
        }
    }

    /** RFC 5321 §4.1.1.1. */
    record Helo(HelloName name) implements SmtpCommand {
        @Override
        public String verb() {
            return "HELO";
        }
    }

    /** RFC 5321 §4.1.1.2. */
    record Mail(ReversePath from, List<EsmtpParameter> parameters) implements SmtpCommand {
        public Mail {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String verb() {
            return "MAIL";
        }
    }

    /** RFC 5321 §4.1.1.3. */
    record Rcpt(ForwardPath to, List<EsmtpParameter> parameters) implements SmtpCommand {
        public Rcpt {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String verb() {
            return "RCPT";
        }
    }

    /** RFC 5321 §4.1.1.4. */
    record Data() implements SmtpCommand {
        @Override
        public String verb() {
            return "DATA";
        }
    }

    /**
     * RFC 3030 §2.
     *
     * @param size octets that follow the line
     * @param last whether they end the message
     */
    record Bdat(long size, boolean last) implements SmtpCommand {
        public Bdat {
            if (size < 0) {
                throw new IllegalArgumentException("BDAT " + size);
            }
        }

        @Override
        public String verb() {
            return "BDAT";
        }
    }

    /** RFC 5321 §4.1.1.5. */
    record Rset() implements SmtpCommand {
        @Override
        public String verb() {
            return "RSET";
        }
    }

    /** RFC 5321 §4.1.1.6. */
    record Vrfy(String argument) implements SmtpCommand {
        public Vrfy {
            CommandGrammar.requireArgument(argument);
        }

        @Override
        public String verb() {
            return "VRFY";
        }
    }

    /** RFC 5321 §4.1.1.7. */
    record Expn(String argument) implements SmtpCommand {
        public Expn {
            CommandGrammar.requireArgument(argument);
        }

        @Override
        public String verb() {
            return "EXPN";
        }
    }

    /** RFC 5321 §4.1.1.8; the argument is null when there is none. */
    record Help(@Nullable String argument) implements SmtpCommand {
        public Help {
            if (argument != null) {
                CommandGrammar.requireArgument(argument);
            }
        }

        @Override
        public String verb() {
            return "HELP";
        }
    }

    /** RFC 5321 §4.1.1.9; the argument is null when there is none. */
    record Noop(@Nullable String argument) implements SmtpCommand {
        public Noop {
            if (argument != null) {
                CommandGrammar.requireArgument(argument);
            }
        }

        @Override
        public String verb() {
            return "NOOP";
        }
    }

    /** RFC 5321 §4.1.1.10. */
    record Quit() implements SmtpCommand {
        @Override
        public String verb() {
            return "QUIT";
        }
    }

    /** RFC 3207 §4. */
    record StartTls() implements SmtpCommand {
        @Override
        public String verb() {
            return "STARTTLS";
        }
    }

    /**
     * RFC 4954 §4.
     *
     * @param mechanism in upper case
     * @param initialResponse as on the wire: base64, or {@code =} for an empty one, or null for none. Not checked for being
     *     base64, because a wrong one has a reply of its own
     */
    record Auth(String mechanism, @Nullable String initialResponse) implements SmtpCommand {
        public Auth {
            if (!CommandGrammar.isMechanism(mechanism)) {
                throw new IllegalArgumentException("no SASL mechanism name");
            }
            mechanism = mechanism.toUpperCase(Locale.ROOT);
            if (initialResponse != null) {
                CommandGrammar.requireArgument(initialResponse);
            }
        }

        @Override
        public String verb() {
            return "AUTH";
        }

        /** Without the response, which is a credential. */
        @Override
        public String toString() {
            return "Auth[" + mechanism + (initialResponse == null ? "]" : " ***]");
        }
    }

    /**
     * A line whose first word is no command known here.
     *
     * @param line all of it
     */
    record Unknown(String line) implements SmtpCommand {
        public Unknown {
            if (!CommandGrammar.isUnknown(line)) {
                throw new IllegalArgumentException("a known command");
            }
        }

        @Override
        public String verb() {
            int space = line.indexOf(' ');
            return (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        }
    }

    /** The command word in upper case. */
    String verb();
}
