package org.moxmail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.transfer.MboxExport;
import org.moxmail.store.Account;
import org.moxmail.store.Progress;

/** Writes an account's mail in a form that other programs read. */
final class ExportCommand extends Maintenance {
    private static final Option FORMAT = new Option(
            "format",
            "FORMAT",
            "files: a file per message, in a directory per mailbox (default); mbox: one per mailbox");

    ExportCommand(Environment environment, Map<String, String> variables) {
        super(environment, variables);
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "write an account's mail to plain files; no server may run on the directory";
    }

    @Override
    public String operands() {
        return "ACCOUNT DESTINATION";
    }

    @Override
    public List<Option> options() {
        return List.of(DIR, FORMAT);
    }

    @Override
    int run(OfflineData data, Arguments arguments, PrintStream out, Progress progress)
            throws UsageException, FailureException, IOException {
        String format = arguments.value(FORMAT.name()).orElse("files");
        Path destination = Path.of(arguments.operands().get(1)).toAbsolutePath();
        try (Account account = account(data, arguments.operands().getFirst())) {
            switch (format) {
                case "files" -> account.export(destination, progress);
                case "mbox" -> new MboxExport(account).write(destination, progress);
                default -> throw new UsageException("--format " + format + ": choose files or mbox");
            }
        }
        out.println("exported to " + destination);
        return 0;
    }
}
