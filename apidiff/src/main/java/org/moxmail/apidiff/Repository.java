package org.moxmail.apidiff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The libraries of a working tree, which are those that {@code mox-bom} lists, and their dumps: {@code api/LIBRARY.api} for what
 * is being worked on, {@code api/releases/VERSION/LIBRARY.api} for each release, {@code apidiff/next.txt} for what broke since
 * the last one and {@code apidiff/VERSION.txt} for what broke in one.
 */
final class Repository {
    /** The name of the state that isn't released yet. */
    static final String NEXT = "next";

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(mox-[a-z0-9-]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final String BOM = "mox-bom";
    private static final String SUFFIX = ".api";
    private static final String UPDATE = "If that is meant: apidiff/run update";

    private final Path top;

    Repository(Path top) {
        this.top = top;
    }

    List<String> libraries() throws IOException {
        return ARTIFACT.matcher(Files.readString(top.resolve(BOM).resolve("pom.xml")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .filter(name -> !name.equals(BOM))
                .sorted()
                .toList();
    }

    Path classes(String library) {
        return top.resolve(library).resolve("target").resolve("classes");
    }

    /** What is compiled. */
    Map<String, Api> code() throws IOException {
        Map<String, Api> code = new TreeMap<>();
        for (String library : libraries()) {
            Path classes = classes(library);
            if (!Files.isDirectory(classes)) {
                throw new NoSuchFileException(classes.toString(), null, "the library isn't compiled");
            }
            code.put(library, ApiReader.read(classes));
        }
        return code;
    }

    /** The dumps of a release, of {@link #NEXT}, or in a directory. */
    Map<String, Api> dumps(String state) throws IOException {
        Path directory = VERSION.matcher(state).matches()
                ? releases().resolve(state)
                : state.equals(NEXT) ? top.resolve("api") : Path.of(state);
        Map<String, Api> dumps = new TreeMap<>();
        for (Path file : list(directory)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(SUFFIX)) {
                dumps.put(name.substring(0, name.length() - SUFFIX.length()), Api.parse(Files.readAllLines(file)));
            }
        }
        if (dumps.isEmpty()) {
            throw new NoSuchFileException(directory.toString(), null, "there are no dumps");
        }
        return dumps;
    }

    /** The highest release below a version, or of all. */
    Optional<String> lastRelease(Optional<String> below) throws IOException {
        if (!Files.isDirectory(releases())) {
            return Optional.empty();
        }
        return list(releases()).stream()
                .map(directory -> String.valueOf(directory.getFileName()))
                .filter(name -> VERSION.matcher(name).matches())
                .filter(name -> below.isEmpty() || order(name, below.get()) < 0)
                .max(Repository::order);
    }

    /**
     * What is wrong between code and dumps, as lines to print: each member that differs, with a minus as the dump has it and a
     * plus as the code has it. Empty when all is as it should be.
     */
    List<String> check() throws IOException {
        List<String> findings = new ArrayList<>();
        Map<String, Api> code = code();
        for (Map.Entry<String, Api> library : code.entrySet()) {
            findings.addAll(difference(library.getKey(), library.getValue()));
        }
        if (findings.isEmpty() && !text(next()).equals(nextText(code))) {
            findings.add(next() + " doesn't hold the incompatible changes since the last release.");
        }
        if (!findings.isEmpty()) {
            findings.add(UPDATE);
        }
        return findings;
    }

    private List<String> difference(String library, Api code) throws IOException {
        Path file = dump(library);
        List<String> then = text(file).lines().toList();
        List<String> now = code.print();
        List<String> findings = new ArrayList<>();
        then.stream().filter(line -> !now.contains(line)).forEach(line -> findings.add("- " + line));
        now.stream().filter(line -> !then.contains(line)).forEach(line -> findings.add("+ " + line));
        if (findings.isEmpty() && !then.equals(now)) {
            findings.add("the lines are in another order");
        }
        if (!findings.isEmpty()) {
            findings.addFirst(library + ": the API isn't what " + top.relativize(file) + " says.");
        }
        return findings;
    }

    /** Writes the dumps from what is compiled, and what broke since the last release. */
    void update() throws IOException {
        Map<String, Api> code = code();
        write(top.resolve("api"), code);
        Files.writeString(next(), nextText(code));
    }

    /** Keeps the dumps as those of a release, and begins a new list of what breaks. */
    void release(String version) throws IOException {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("not a release's version: " + version);
        }
        Map<String, Api> code = code();
        Optional<String> previous = lastRelease(Optional.of(version));
        Files.writeString(
                top.resolve("apidiff").resolve(version + ".txt"),
                previous.isEmpty()
                        ? "# " + version + " is the first release.\n"
                        : broken(
                                "# Incompatible changes from " + previous.get() + " to " + version,
                                previous.get(),
                                code));
        write(releases().resolve(version), code);
        update();
    }

    /** All changes from one state to another, the breaking ones first, by library. */
    static Map<String, List<Change>> compare(Map<String, Api> before, Map<String, Api> after) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        Api allBefore = Api.together(before.values());
        Api allAfter = Api.together(after.values());
        before.forEach((library, api) -> {
            Api now = after.get(library);
            List<Change> found = now == null
                    ? List.of(new Change(Change.Verdict.INCOMPATIBLE, library, "removed library"))
                    : Comparison.compare(api, now, allBefore, allAfter);
            if (!found.isEmpty()) {
                changes.put(library, found);
            }
        });
        after.keySet().stream()
                .filter(library -> !before.containsKey(library))
                .forEach(library ->
                        changes.put(library, List.of(new Change(Change.Verdict.COMPATIBLE, library, "new library"))));
        return changes;
    }

    private String nextText(Map<String, Api> code) throws IOException {
        Optional<String> last = lastRelease(Optional.empty());
        return last.isEmpty()
                ? "# Nothing is released yet.\n"
                : broken(
                        "# Incompatible changes since " + last.get() + "; written by apidiff/run update",
                        last.get(),
                        code);
    }

    private String broken(String title, String release, Map<String, Api> code) throws IOException {
        StringBuilder text = new StringBuilder(title).append('\n');
        compare(dumps(release), code)
                .forEach((library, changes) -> changes.stream()
                        .filter(Change::breaks)
                        .forEach(change -> text.append(library)
                                .append(": ")
                                .append(change.print())
                                .append('\n')));
        return text.toString();
    }

    private static void write(Path directory, Map<String, Api> apis) throws IOException {
        Files.createDirectories(directory);
        for (Path file : list(directory)) {
            if (file.toString().endsWith(SUFFIX)) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, Api> api : apis.entrySet()) {
            Files.write(directory.resolve(api.getKey() + SUFFIX), api.getValue().print());
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static int order(String version, String other) {
        return Arrays.compare(numbers(version), numbers(other));
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\.")
                .splitAsStream(version)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private Path dump(String library) {
        return top.resolve("api").resolve(library + SUFFIX);
    }

    private Path releases() {
        return top.resolve("api").resolve("releases");
    }

    private Path next() {
        return top.resolve("apidiff").resolve("next.txt");
    }
}
