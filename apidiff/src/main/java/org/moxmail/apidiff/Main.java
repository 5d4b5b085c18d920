package org.moxmail.apidiff;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of {@code apidiff/run}. */
public final class Main {
    private final Repository repository;
    private final PrintStream out;

    Main(Path top, PrintStream out) {
        this.repository = new Repository(top);
        this.out = out;
    }

    /**
     * Runs a command and ends the program: with 1 when a check fails, with 2 when the command isn't understood.
     *
     * @param args the repository's directory, the command and its arguments
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (args.length < 2) {
            System.exit(2);
        }
        int code;
        try {
            code = new Main(Path.of(args[0]), out).run(Arrays.asList(args).subList(1, args.length));
        } catch (IOException | IllegalArgumentException e) {
            out.println("apidiff: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    int run(List<String> command) throws IOException {
        String verb = command.getFirst();
        switch (verb + " " + (command.size() - 1)) {
            case "dump 1" -> ApiReader.read(Path.of(command.get(1))).print().forEach(out::println);
            case "check 0" -> {
                List<String> findings = repository.check();
                findings.forEach(out::println);
                return findings.isEmpty() ? 0 : 1;
            }
            case "update 0" -> repository.update();
            case "release 1" -> repository.release(command.get(1));
            case "next 0" -> {
                return next();
            }
            case "compare 2" -> compare(repository.dumps(command.get(1)), repository.dumps(command.get(2)));
            case "libraries 0" -> repository.libraries().forEach(out::println);
            default -> {
                return 2;
            }
        }
        return 0;
    }

    private int next() throws IOException {
        String last = repository
                .lastRelease(Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("nothing is released yet"));
        compare(repository.dumps(last), repository.code());
        return 0;
    }

    private void compare(Map<String, Api> before, Map<String, Api> after) {
        Map<String, List<Change>> changes = Repository.compare(before, after);
        changes.forEach((library, found) -> found.forEach(change -> out.println(library + ": " + change.print())));
        long breaking = changes.values().stream()
                .flatMap(List::stream)
                .filter(Change::breaks)
                .count();
        long all = changes.values().stream().mapToLong(List::size).sum();
        out.println(breaking + " of " + all + " changes break users");
    }
}
