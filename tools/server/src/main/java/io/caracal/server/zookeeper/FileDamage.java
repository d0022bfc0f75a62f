/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import java.nio.file.Path;

/** A file of ZooKeeper's that is not what it should be. The message names file, offset and what is wrong. */
public final class FileDamage extends IOException
{
    private static final long serialVersionUID = 1L;

    FileDamage(final Path file, final long offset, final String what)
    {
        super(file + ", offset " + offset + ": " + what);
    }
}
