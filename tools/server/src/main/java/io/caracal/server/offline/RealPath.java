/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a path leads, also one of which the end is still to be made. */
final class RealPath
{
    private RealPath()
    {
    }

    /** The path without links, as far as it is there. */
    static Path of(final Path path) throws IOException
    {
        final Path whole = path.toAbsolutePath().normalize();
        Path there = whole;
        while (!Files.exists(there))
        {
            there = there.getParent();
        }

        return there.toRealPath().resolve(there.relativize(whole));
    }
}
