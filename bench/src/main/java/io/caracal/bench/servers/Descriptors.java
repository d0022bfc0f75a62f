/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How many sockets a process may open: this one, and with it those that it starts. */
public final class Descriptors
{
    private static final int OTHERS = 500;

    private Descriptors()
    {
    }

    /**
     * How many sockets fit.
     *
     * @return of one process, beside what else it opens.
     */
    public static int most()
    {
        return most(limit());
    }

    private static int most(final long limit)
    {
        return (int)Math.min(Integer.MAX_VALUE, limit - OTHERS);
    }

    private static long limit()
    {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class).getMaxFileDescriptorCount();
    }

    /**
     * Asks for the sockets of servers.
     *
     * @param shape   that needs them.
     * @param crowd   connections in all.
     * @param servers that share them.
     * @param fewer   what to type instead, with the most that the limit allows for %d.
     * @param figures takes a note that says what to do when the limit is too low.
     * @return false then.
     */
    public static boolean suffice(
        final String shape, final int crowd, final int servers, final String fewer, final Figures figures)
    {
        return suffice(shape, crowd, servers, fewer, figures, limit());
    }

    static boolean suffice(
        final String shape, final int crowd, final int servers, final String fewer, final Figures figures,
        final long limit)
    {
        final int share = (crowd + servers - 1) / servers;
        if (most(limit) < share)
        {
            figures.addNote(new Note(shape, String.format(Locale.ROOT, "left out: a server with %d connections needs " +
                "%d file descriptors, and the system allows %d; raise that before the run with: ulimit -n %2$d, or " +
                "where it is refused ask for the most that fits: %4$s", share, share + OTHERS, limit, String.format(
                    Locale.ROOT, fewer, (long)most(limit) * servers))));
            return false;
        }

        return true;
    }
}
