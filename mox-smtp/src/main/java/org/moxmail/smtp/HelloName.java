package org.moxmail.smtp;

import java.util.Objects;

/** What a client calls itself in EHLO or HELO. */
public sealed interface HelloName permits MailHost, HelloName.Opaque {
    /**
     * Something that is neither a domain nor an address literal; only with {@link Leniency#ANY_HELLO_NAME}.
     *
     * @param text without control characters and trailing space, perhaps empty
     */
    record Opaque(String text) implements HelloName {
        public Opaque {
            Objects.requireNonNull(text);
            if (!CommandGrammar.isOpaqueHello(text)) {
                throw new IllegalArgumentException("not an opaque hello name");
            }
        }

        @Override
        public String print() {
            return text;
        }
    }

    /** The wire form. */
    String print();
}
