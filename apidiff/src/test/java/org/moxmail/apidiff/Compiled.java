package org.moxmail.apidiff;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources for a test. */
final class Compiled {
    private Compiled() {}

    /** A directory with the classes of files, whose text goes by their names. One file may have several public classes. */
    static Path classes(Path scratch, Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory(scratch, "classes");
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(new Source(name, text)));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter log = new StringWriter();
        String path = System.getProperty("java.class.path");
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "-Xlint:none",
                "-classpath",
                path,
                "--module-path",
                annotations());
        boolean compiled =
                compiler.getTask(log, null, null, options, null, files).call();
        if (!compiled) {
            throw new IllegalArgumentException(log.toString());
        }
        return classes;
    }

    static Api api(Path scratch, Map<String, String> sources) throws IOException {
        return ApiReader.read(classes(scratch, sources));
    }

    /** Where JSpecify's annotations are: the one module that sources here may require. */
    private static String annotations() {
        return Objects.requireNonNull(org.jspecify.annotations.Nullable.class
                        .getProtectionDomain()
                        .getCodeSource())
                .getLocation()
                .getPath();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }
}
