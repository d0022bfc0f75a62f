/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/** Whether this process, and with it the servers it starts, may open as many sockets as a shape needs. */
final class Descriptors
{
    private static final int OTHERS = 500;

    private Descriptors()
    {
    }

    /** False, with a line that says what to do, when the limit is too low. */
    static boolean suffice(final String shape, final int sockets, final Consumer<String> progress)
    {
        final long limit = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getMaxFileDescriptorCount();
        if (limit < sockets + OTHERS)
        {
            progress.accept(shape + ": left out, it needs " + (sockets + OTHERS) +
                " file descriptors and the limit is " +
                limit + "; raise it with: ulimit -n " + (sockets + OTHERS));
            return false;
        }

        return true;
    }
}
