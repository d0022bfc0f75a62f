/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Whether this process, and with it the servers it starts, may open as many sockets as a shape needs. */
public final class Descriptors
{
    private static final int OTHERS = 500;

    private Descriptors()
    {
    }

    /**
     * Asks for sockets.
     *
     * @param shape   that needs them.
     * @param sockets at one end.
     * @param fewer   what to type instead, with the most that the limit allows for %d.
     * @param figures takes a note that says what to do when the limit is too low.
     * @return false then.
     */
    public static boolean suffice(
        final String shape, final int sockets, final String fewer, final Figures figures)
    {
        return suffice(shape, sockets, fewer, figures, ManagementFactory.getPlatformMXBean(
            UnixOperatingSystemMXBean.class).getMaxFileDescriptorCount());
    }

    static boolean suffice(
        final String shape, final int sockets, final String fewer, final Figures figures, final long limit)
    {
        if (limit < sockets + OTHERS)
        {
            figures.addNote(new Note(shape, String.format(Locale.ROOT, "left out: one process, the generator as well " +
                "as a server, needs %d file descriptors, and the system allows %d; raise that before the run with: " +
                "ulimit -n %1$d, or where it is refused ask for the most that fits: %3$s",
                sockets + OTHERS, limit, String.format(Locale.ROOT, fewer, limit - OTHERS))));
            return false;
        }

        return true;
    }
}
