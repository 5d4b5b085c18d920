package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rfcs.md names tests; each is there. */
final class RfcsDocumentTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern TEST = Pattern.compile("(?:(mox-[a-z]+) )?`([A-Za-z.]+Test)#([A-Za-z0-9]+)`");
    private static final Pattern MODULE = Pattern.compile("mox-[a-z]+");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        String document = Files.readString(TOP.resolve("docs/rfcs.md"));
        String heading = "";
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String line : document.lines().toList()) {
            heading = line.startsWith("### ") ? line : heading;
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                String module = test.group(1) == null ? module(heading) : test.group(1);
                found++;
                if (!exists(module, test.group(2), test.group(3))) {
                    missing.add(module + " " + test.group(2) + "#" + test.group(3));
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(found > 80, "tests named: " + found);
    }

    private static String module(String heading) {
        Matcher module = MODULE.matcher(heading);
        assertTrue(module.find(), heading);
        return module.group();
    }

    private static boolean exists(String module, String test, String method) throws IOException {
        String end = '/' + test.replace('.', '/') + ".java";
        try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src/test/java"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(end) && Files.readString(file).contains("void " + method + "(")) {
                    return true;
                }
            }
        }
        return false;
    }
}
