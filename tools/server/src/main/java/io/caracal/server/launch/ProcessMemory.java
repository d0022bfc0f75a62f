/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that a process may use.
 *
 * @param total   of the machine, or of the container if that is less, in bytes; 0 when it is not known. Beyond it the
 *                kernel kills the process.
 * @param heapMax what the heap may take of it, in bytes.
 */
public record ProcessMemory(long total, long heapMax)
{
    /** Memory that a server takes outside its heap before it holds any znode. */
    private static final long NATIVE_MIN = 128L << 20;

    /**
     * Looks at this process.
     *
     * @return its memory.
     */
    public static ProcessMemory ofThis()
    {
        final long total =
            ManagementFactory.getOperatingSystemMXBean() instanceof final OperatingSystemMXBean system ?
                system.getTotalMemorySize() : 0;

        return new ProcessMemory(total, Runtime.getRuntime().maxMemory());
    }

    /** Whether the heap alone may leave no room for a server that holds no znode. */
    boolean isTight()
    {
        return 0 < total && total < heapMax + NATIVE_MIN;
    }

    /**
     * What znodes may take when nobody says how much: what is left beside the heap. The heap hardly ever takes all that
     * it may, so it is at least half of the memory.
     *
     * @return bytes; 0, which is no limit, when the memory is not known.
     */
    public long forZnodes()
    {
        return Math.max(total / 2, total - heapMax - NATIVE_MIN);
    }
}
