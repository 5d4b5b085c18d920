package org.moxmail.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a server costs, as Linux counts it: its main process, all that come from it, and those of them that have ended.
 *
 * @param pid of the main process
 */
public record ServerProcess(long pid) {
    private static final int TICKS_PER_SECOND = 100;

    /** Seconds of processor time so far. */
    public double cpuSeconds() throws IOException {
        long ticks = 0;
        for (long process : processes()) {
            String[] fields = stat(process);
            // utime, stime, cutime, cstime: fields 14 to 17 of proc(5); ours begin with field 3.
            for (int i = 11; fields.length > 14 && i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
        }
        return (double) ticks / TICKS_PER_SECOND;
    }

    /** Resident memory in kilobytes; of several processes, with pages that they share counted once. */
    public long residentKilobytes() throws IOException {
        long[] processes = processes();
        if (processes.length == 1) {
            return field(processes[0], "status", "VmRSS:");
        }
        long sum = 0;
        for (long process : processes) {
            sum += field(process, "smaps_rollup", "Pss:");
        }
        return sum;
    }

    private long[] processes() {
        return ProcessHandle.of(pid)
                .map(main -> Stream.concat(Stream.of(main), main.descendants())
                        .mapToLong(ProcessHandle::pid)
                        .toArray())
                .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    }

    private static String[] stat(long process) throws IOException {
        try {
            String text = Files.readString(Path.of("/proc/" + process + "/stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (NoSuchFileException e) {
            return gone();
        } catch (IOException e) {
            if (ProcessHandle.of(process).isEmpty()) {
                return gone();
            }
            throw e;
        }
    }

    /** A process that ended meanwhile is in its parent's figures. */
    private static String[] gone() {
        return new String[0];
    }

    private static long field(long process, String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/" + file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
