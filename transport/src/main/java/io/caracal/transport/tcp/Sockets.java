/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.io.Closeable;
import java.io.IOException;

/** Static methods for sockets. */
final class Sockets
{
    private Sockets()
    {
    }

    /** Closes what may be null. Errors are ignored, because a socket whose close fails is gone all the same. */
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
                // The descriptor is released whatever close reports, so there is nothing to react to.
                return;
            }
        }
    }
}
