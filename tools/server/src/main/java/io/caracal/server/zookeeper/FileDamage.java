/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when a ZooKeeper file is damaged or is not what it should be. The message names the file, the offset and what
 * is wrong.
 */
public final class FileDamage extends IOException
{
    private static final long serialVersionUID = 1L;

    FileDamage(final Path file, final long offset, final String what)
    {
        super(file + ", offset " + offset + ": " + what);
    }
}
