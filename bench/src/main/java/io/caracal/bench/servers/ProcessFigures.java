/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads what Linux knows about a process. */
public final class ProcessFigures
{
    /** Ticks of /proc/PID/stat per second, which the kernel's interface fixes. */
    private static final double TICKS_PER_S = 100.0;
    private static final long JCMD_TIMEOUT_S = 60;

    private ProcessFigures()
    {
    }

    /**
     * Returns the resident set, VmRSS of /proc/PID/status.
     *
     * @param pid of the process.
     * @return bytes.
     */
    public static long residentBytes(final long pid)
    {
        return lines(pid, "status").lines().filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024).findFirst().orElseThrow();
    }

    /**
     * Returns the processor time used so far.
     *
     * @param pid of the process.
     * @return seconds, user and system.
     */
    public static double processorS(final long pid)
    {
        final String stat = lines(pid, "stat");
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_S;
    }

    /**
     * Measures the processor time of a process over some time.
     *
     * @param pid    of the process.
     * @param overMs time to measure, in milliseconds.
     * @return percent of one core.
     */
    public static double processorPercent(final long pid, final long overMs)
    {
        final double beforeS = processorS(pid);
        final long startNs = System.nanoTime();
        final long endNs = startNs + TimeUnit.MILLISECONDS.toNanos(overMs);
        while (System.nanoTime() - endNs < 0)
        {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }

        return 100.0 * (processorS(pid) - beforeS) / ((System.nanoTime() - startNs) / 1e9);
    }

    /**
     * Makes a JVM collect all its garbage.
     *
     * @param pid of the process.
     * @return false when there is no jcmd, or it failed.
     */
    public static boolean collectGarbage(final long pid)
    {
        return jcmd(pid, "GC.run").isPresent();
    }

    /**
     * Returns what a JVM answers to a diagnostic command.
     *
     * @param pid     of the process.
     * @param command as {@code jcmd} knows it.
     * @return the answer; empty when there is no jcmd, or it failed.
     */
    static Optional<String> jcmd(final long pid, final String command)
    {
        final Path jcmd = JavaCommand.tool("jcmd");
        if (!Files.isExecutable(jcmd))
        {
            return Optional.empty();
        }
        try
        {
            final Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final boolean ended = process.waitFor(JCMD_TIMEOUT_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    static String lines(final long pid, final String file)
    {
        try
        {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
