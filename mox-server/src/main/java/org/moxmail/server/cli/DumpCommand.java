package org.moxmail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.store.Account;
import org.moxmail.store.Progress;

/** Writes an account's tables as text. */
final class DumpCommand extends Maintenance {
    DumpCommand(Environment environment, Map<String, String> variables) {
        super(environment, variables);
    }

    @Override
    public String name() {
        return "dump";
    }

    @Override
    public String summary() {
        return "write an account's tables as lines of text, for load; no server may run on the directory";
    }

    @Override
    public String operands() {
        return "ACCOUNT FILE";
    }

    @Override
    int run(OfflineData data, Arguments arguments, PrintStream out, Progress progress)
            throws FailureException, IOException {
        Path file = Path.of(arguments.operands().get(1));
        try (Account account = account(data, arguments.operands().getFirst());
                Writer writer =
                        Files.newBufferedWriter(file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW)) {
            account.dump(writer, progress);
            out.println("dumped to " + file + "; larger messages are files already, in "
                    + data.path().resolve("accounts").resolve(account.name()).resolve("msg"));
        }
        return 0;
    }
}
