package org.moxmail.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs and waits for them. */
final class Shell {
    private Shell() {}

    /** What a program prints; its errors go to ours. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = await(process);
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
        return output;
    }

    /** As {@link #run(List)}. */
    static String run(Path program, String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
