package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.moxmail.imap.IdField;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.NamespaceEntry;

/** The commands of any state, and ENABLE and NAMESPACE. */
final class GeneralHandler {
    private final Connection connection;

    GeneralHandler(Connection connection) {
        this.connection = connection;
    }

    Answer capability() throws IOException {
        connection.out().write(new ImapResponse.Capability(connection.capabilities()));
        return Answer.ok("done");
    }

    Answer noop() {
        return Answer.ok("done");
    }

    Answer logout() throws IOException {
        connection.out().condition(ImapResponse.Status.BYE, null, "goodbye");
        return Answer.ok("done").last();
    }

    Answer id(ImapCommand.Id id) throws IOException {
        ImapOptions options = connection.server().options;
        List<IdField> fields = new ArrayList<>();
        fields.add(new IdField("name", options.product()));
        String version = options.version();
        // Strangers needn't learn which holes may be open.
        if (version != null && connection.session() != null) {
            fields.add(new IdField("version", version));
        }
        connection.server().events.identified(connection.peer(), id.fields());
        connection.out().write(new ImapResponse.Id(fields));
        return Answer.ok("done");
    }

    /** RFC 5161 §3.1: what isn't known or can't be enabled is passed over. */
    Answer enable(Session session, ImapCommand.Enable enable) throws IOException {
        List<String> enabled = new ArrayList<>();
        boolean condstore = false;
        List<String> announced = connection.capabilities();
        for (String capability : enable.capabilities()) {
            String upper = capability.toUpperCase(Locale.ROOT);
            if (announced.stream().noneMatch(upper::equalsIgnoreCase)) {
                continue;
            }
            switch (upper) {
                case "IMAP4REV2" -> session.enableRev2();
                case "UTF8=ACCEPT" -> session.enableUtf8();
                case "CONDSTORE" -> condstore = true;
                default -> {
                    continue;
                }
            }
            enabled.add(capability);
        }
        connection.out().write(new ImapResponse.Enabled(enabled));
        if (condstore) {
            session.enableCondstoreTelling();
        }
        return Answer.ok("done");
    }

    Answer namespace(Session session) throws IOException {
        session.out().write(new ImapResponse.Namespace(List.of(new NamespaceEntry("", "/")), List.of(), List.of()));
        return Answer.ok("done");
    }
}
