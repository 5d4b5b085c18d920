package org.moxmail.server.cli;

import java.nio.file.Path;
import java.util.Map;

/** The directory where the user's programs keep their configuration. */
final class ConfigDirectory {
    private final Map<String, String> variables;

    ConfigDirectory(Map<String, String> variables) {
        this.variables = variables;
    }

    /** XDG's on Unix, unless it isn't absolute, as its specification says; the usual one elsewhere. */
    Path path() {
        String xdg = variables.getOrDefault("XDG_CONFIG_HOME", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        String windows = variables.getOrDefault("APPDATA", "");
        if (!windows.isEmpty()) {
            return Path.of(windows);
        }
        Path home = Path.of(System.getProperty("user.home", "."));
        return System.getProperty("os.name", "").startsWith("Mac")
                ? home.resolve("Library").resolve("Application Support")
                : home.resolve(".config");
    }
}
