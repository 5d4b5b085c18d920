package org.moxmail.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.store.Progress;

/** Makes an account of what dump wrote. */
final class LoadCommand extends Maintenance {
    LoadCommand(Environment environment, Map<String, String> variables) {
        super(environment, variables);
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String summary() {
        return "make an account of a dump and its directory of message files; no server may run on the directory";
    }

    @Override
    public String operands() {
        return "ACCOUNT FILE MESSAGES";
    }

    @Override
    int run(OfflineData data, Arguments arguments, PrintStream out, Progress progress) throws IOException {
        String name = arguments.operands().getFirst();
        try (BufferedReader dump =
                Files.newBufferedReader(Path.of(arguments.operands().get(1)), StandardCharsets.US_ASCII)) {
            data.store().load(name, dump, Path.of(arguments.operands().get(2)), progress);
        }
        out.println("loaded account " + name);
        return 0;
    }
}
