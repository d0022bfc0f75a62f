/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.io.Closeable;
import java.io.IOException;

/** Small things about sockets. */
final class Sockets
{
    private Sockets()
    {
    }

    /** Closes what may be null. A socket that cannot be closed any better is gone all the same. */
    static void closeQuietly(final Closeable closeable)
    {
        if (closeable != null)
        {
            try
            {
                closeable.close();
            }
            catch (final IOException alreadyBroken)
            {
                // The descriptor is released whatever close reports; nothing is left to react to.
                return;
            }
        }
    }
}
