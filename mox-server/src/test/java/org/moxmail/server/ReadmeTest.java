package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;

class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleRuns() throws Exception {
        // README begin
        ServerSettings settings =
                Localserve.settings(directory, List.of(InetAddress.getLoopbackAddress()), Localserve.ANY_PORTS, false);
        try (MoxServer server = MoxServer.start(settings, Environment.standard())) {
            InetSocketAddress smtp = server.address("smtp");
            System.out.println("deliver to " + smtp);
        }
        // README end
    }

    @Test
    void theReadmeHasTheSameExample() throws Exception {
        String source = Files.readString(Path.of("src/test/java/org/moxmail/server/ReadmeTest.java"));
        String begin = "// README begin\n";
        String example = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// README end"));
        assertTrue(words(Files.readString(Path.of("README.md"))).contains(words(example)), example);
    }

    /** Line breaks and indentation are the formatter's. */
    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
