package org.moxmail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.store.Account;
import org.moxmail.store.Finding;
import org.moxmail.store.Progress;

/** Checks that what accounts have stored agrees with itself. */
final class VerifyDataCommand extends Maintenance {
    VerifyDataCommand(Environment environment, Map<String, String> variables) {
        super(environment, variables);
    }

    @Override
    public String name() {
        return "verifydata";
    }

    @Override
    public String summary() {
        return "check the stored accounts; no server may run on the directory";
    }

    @Override
    int run(OfflineData data, Arguments arguments, PrintStream out, Progress progress) throws IOException {
        int problems = 0;
        List<String> names = data.store().accounts();
        for (String name : names) {
            try (Account account = data.store().account(name)) {
                for (Finding problem : account.verify(progress)) {
                    out.println(name + ": " + problem);
                    problems++;
                }
            }
        }
        out.println(names.size() + " accounts, " + problems + " problems");
        return problems == 0 ? 0 : 1;
    }
}
