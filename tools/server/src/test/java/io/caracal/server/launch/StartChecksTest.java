/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldAdviseAgainstDisksThatAreNearlyFull()
    {
        final List<String> advice = new ArrayList<>();
        StartChecks.disk("dataDir", dir, 1L << 40, advice);
        assertEquals(List.of(), advice);
        StartChecks.disk("dataDir", dir, 1L << 20, advice);

        assertEquals(1, advice.size());
        assertTrue(advice.get(0).contains("1 MB left"));
    }

    @Test
    void shouldAdviseAgainstAHeapThatFillsTheMemory()
    {
        final List<String> advice = new ArrayList<>();
        StartChecks.memory(new ProcessMemory(384 << 20, 256 << 20), advice);
        StartChecks.memory(new ProcessMemory(0, 256 << 20), advice);
        assertEquals(List.of(), advice);
        StartChecks.memory(new ProcessMemory(300 << 20, 256 << 20), advice);

        assertEquals(1, advice.size());
        assertTrue(advice.get(0).startsWith(
            "this process may have 300 MB of memory, of which its heap alone may take " +
                "256 MB"),
            advice.get(0));
    }

    /** If the first read asked for one byte, the kernel would return nothing more. */
    @Test
    void shouldReadASettingOfTheKernelWhole() throws Exception
    {
        final Path setting = Path.of("/proc/sys/net/core/rmem_max");
        final Process cat = new ProcessBuilder("cat", setting.toString()).start();

        assertEquals(new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim(),
            StartChecks.read(setting));
        assertEquals(0, cat.waitFor());
    }

    @Test
    void shouldAdviseOnBuffersAndClocks() throws IOException
    {
        final List<String> advice = new ArrayList<>();
        final long nowMs = System.currentTimeMillis();
        StartChecks.socketBuffers(dir, advice);
        StartChecks.clock(dir, nowMs, advice);
        final Path buffers = Files.createDirectories(dir.resolve("proc/sys/net/core")).resolve("rmem_max");
        final Path clock = Files.createDirectories(dir.resolve("sys/devices/system/clocksource/clocksource0"))
            .resolve("current_clocksource");
        Files.writeString(buffers, "4194304\n");
        Files.writeString(clock, "tsc\n");
        StartChecks.socketBuffers(dir, advice);
        StartChecks.clock(dir, nowMs, advice);
        assertEquals(List.of(), advice);

        Files.writeString(buffers, "212992\n");
        Files.writeString(clock, "hpet\n");
        StartChecks.socketBuffers(dir, advice);
        StartChecks.clock(dir, 0, advice);

        assertEquals(3, advice.size());
        assertTrue(advice.get(0).contains("hold 208 KB") && advice.get(0).contains("net.core.rmem_max=4194304"));
        assertTrue(advice.get(1).contains("shows 1970-01-01T00:00:00Z"));
        assertTrue(advice.get(2).contains("from hpet"));
    }
}
