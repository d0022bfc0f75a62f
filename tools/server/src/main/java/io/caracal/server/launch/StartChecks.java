/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the machine before a server starts. The findings are advice in plain words. */
public final class StartChecks
{
    private static final long OPEN_FILES_MIN = 8192;
    private static final long RECEIVE_MIN = 4L << 20;
    private static final long SHARED_MEMORY_MIN = 64L << 20;
    private static final long DISK_SPACE_MIN = 1L << 30;

    private static final int LINE_MAX = 4096;
    private static final Path SYSTEM = Path.of("/");
    private static final String RECEIVE_MAX = "proc/sys/net/core/rmem_max";
    private static final String CLOCK = "sys/devices/system/clocksource/clocksource0/current_clocksource";
    /** Clock sources that a program reads without a system call. */
    private static final Set<String> FAST_CLOCKS = Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page",
        "arch_sys_counter");
    /** The beginning of 2026. A clock that shows an earlier time is wrong, because this version did not exist then. */
    private static final long CLOCK_MIN_MS = 1_767_225_600_000L;

    private StartChecks()
    {
    }

    /**
     * Checks this machine for limits, disks and clocks that will cause trouble later.
     *
     * @param settings   of the server.
     * @param isEnsemble whether the server has other servers.
     * @return sentences for the log, each with what to do; empty when nothing is wrong.
     */
    public static List<String> advice(final Settings settings, final boolean isEnsemble)
    {
        final List<String> advice = new ArrayList<>();
        openFiles(advice);
        sharedMemory(advice);
        memory(ProcessMemory.ofThis(), advice);
        clock(SYSTEM, System.currentTimeMillis(), advice);
        if (isEnsemble)
        {
            socketBuffers(SYSTEM, advice);
        }
        disk(ServerProperty.DATA_DIR.key(), settings.dataDir(), advice);
        if (settings.isSet(ServerProperty.DATA_LOG_DIR))
        {
            disk(ServerProperty.DATA_LOG_DIR.key(), settings.dataLogDir(), advice);
        }

        return advice;
    }

    private static void openFiles(final List<String> advice)
    {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean)
        {
            final UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean)ManagementFactory
                .getOperatingSystemMXBean();
            if (system.getMaxFileDescriptorCount() < OPEN_FILES_MIN)
            {
                advice.add("this process may open " + system.getMaxFileDescriptorCount() +
                    " files, each connection is one; raise the limit with ulimit -n or LimitNOFILE=");
            }
        }
    }

    /**
     * Checks the memory that this process may use: that of the machine or of the container. Beyond it the kernel kills
     * the process, and no log says so.
     */
    static void memory(final ProcessMemory memory, final List<String> advice)
    {
        if (memory.isTight())
        {
            advice.add("this process may have " + (memory.total() >> 20) + " MB of memory, of which its heap alone " +
                "may take " + (memory.heapMax() >> 20) + " MB, and znodes lie outside of that: beyond the limit the " +
                "kernel kills it without a word here; lower ZK_SERVER_HEAP (MB) or raise the limit");
        }
    }

    private static void sharedMemory(final List<String> advice)
    {
        final Path memory = Path.of("/dev/shm");
        if (Files.isDirectory(memory))
        {
            final long free = usableBytes(memory);
            if (0 <= free && free < SHARED_MEMORY_MIN)
            {
                advice.add("/dev/shm has " + (free >> 20) + " MB left, at least " + (SHARED_MEMORY_MIN >> 20) +
                    " MB are better; in a container set --shm-size");
            }
        }
    }

    /**
     * Checks the limit of socket buffers. The root is a parameter, so that a test can supply the files of another
     * machine.
     */
    static void socketBuffers(final Path root, final List<String> advice)
    {
        final String text = read(root.resolve(RECEIVE_MAX));
        if (text.matches("[0-9]{1,18}") && Long.parseLong(text) < RECEIVE_MIN)
        {
            advice.add("sockets between servers may hold " + (Long.parseLong(text) >> 10) + " KB (net.core.rmem_max)," +
                " " + (RECEIVE_MIN >> 10) + " KB are better: bursts are sent twice; sysctl -w net.core.rmem_max=" +
                RECEIVE_MIN + " net.core.wmem_max=" + RECEIVE_MIN);
        }
    }

    static void clock(final Path root, final long nowMs, final List<String> advice)
    {
        if (nowMs < CLOCK_MIN_MS)
        {
            advice.add("the clock of this machine shows " + Instant.ofEpochMilli(nowMs) +
                ", and the times of znodes come from it; set it, best by NTP");
        }

        final String source = read(root.resolve(CLOCK));
        if (!source.isEmpty() && !FAST_CLOCKS.contains(source))
        {
            advice.add("this machine reads its time from " + source + ", which is slow, and each turn of the loop" +
                " reads it; see " + SYSTEM + CLOCK);
        }
    }

    /**
     * Reads a file of one line; empty when this machine does not have it. It is read in one call, because the kernel
     * returns a setting to the first read only, however short that is.
     */
    static String read(final Path file)
    {
        try (InputStream in = Files.newInputStream(file))
        {
            return new String(in.readNBytes(LINE_MAX), StandardCharsets.US_ASCII).trim();
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    private static void disk(final String key, final Path directory, final List<String> advice)
    {
        try
        {
            final FileStore store = Files.getFileStore(directory);
            disk(key, directory, store.getUsableSpace(), advice);
        }
        catch (final IOException ex)
        {
            advice.add(key + "=" + directory + ": its file system does not tell its size (" + ex.getMessage() + ")");
        }
    }

    static void disk(final String key, final Path directory, final long freeBytes, final List<String> advice)
    {
        if (freeBytes < DISK_SPACE_MIN)
        {
            advice.add(key + "=" + directory + " has " + (freeBytes >> 20) + " MB left, at least " +
                (DISK_SPACE_MIN >> 20) + " MB are better; writes are refused when the disk is full");
        }
    }

    private static long usableBytes(final Path path)
    {
        try
        {
            return Files.getFileStore(path).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return -1;
        }
    }
}
