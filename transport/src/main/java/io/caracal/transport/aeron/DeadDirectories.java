/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerEvents;
import java.nio.file.Path;

/**
 * Removes directories of term buffers that killed servers left behind. Each server does this when it starts; other
 * programs may do it as well.
 */
public final class DeadDirectories
{
    private DeadDirectories()
    {
    }

    /**
     * Removes the directories of this user whose server is dead. What cannot be removed stays.
     *
     * @param memory where servers keep their directories.
     */
    public static void sweep(final Path memory)
    {
        DirectoryLease.sweep(memory, PeerEvents.NONE);
    }
}
