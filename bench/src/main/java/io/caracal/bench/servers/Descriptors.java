/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Tells how many sockets a process may open. The limit holds for this process and for each one that it starts. */
public final class Descriptors
{
    private static final int OTHERS = 500;

    private Descriptors()
    {
    }

    /**
     * Returns how many sockets fit.
     *
     * @return the number of sockets of one process, apart from what else it opens.
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
     * Checks whether servers can open the sockets of a crowd.
     *
     * @param shape   that needs the sockets.
     * @param crowd   number of connections in all.
     * @param servers number of servers that share the connections.
     * @param fewer   command for a smaller crowd, with %d in place of the largest size that the limit allows.
     * @param figures receives a note that says what to do if the limit is too low.
     * @return false if the limit is too low.
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
                "%d file descriptors, and the system allows %d; raise that before the run with: ulimit -n %2$d%4$s",
                share, share + OTHERS, limit, most(limit) <= 0 ? "" :
                    ", or where it is refused ask for the most that fits: " + String.format(Locale.ROOT, fewer,
                        (long)most(limit) * servers))));
            return false;
        }

        return true;
    }
}
