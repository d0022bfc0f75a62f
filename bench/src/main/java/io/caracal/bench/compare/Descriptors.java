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
     * @param shape   that needs them; its name ends with a number where it can be smaller.
     * @param sockets at one end.
     * @param figures takes a note that says what to do when the limit is too low.
     * @return false then.
     */
    public static boolean suffice(final String shape, final int sockets, final Figures figures)
    {
        final long limit = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getMaxFileDescriptorCount();
        if (limit < sockets + OTHERS)
        {
            figures.addNote(new Note(shape, String.format(Locale.ROOT, "left out, it needs %d file descriptors and " +
                "the limit is %d; raise it with: ulimit -n %d, or where that is refused ask for fewer, at most %d",
                sockets + OTHERS, limit, sockets + OTHERS, limit - OTHERS)));
            return false;
        }

        return true;
    }
}
