/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerEvents;
import java.nio.file.Path;

/** Directories of term buffers that killed servers left. A server that starts removes them; others may as well. */
public final class DeadDirectories
{
    private DeadDirectories()
    {
    }

    /**
     * Removes those of this user whose server is dead. What cannot be removed stays.
     *
     * @param memory where servers keep them.
     */
    public static void sweep(final Path memory)
    {
        DirectoryLease.sweep(memory, PeerEvents.NONE);
    }
}
