/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Tries to take a lock, and prints whether it succeeded. */
final class DirectoryLockMain
{
    private DirectoryLockMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        try (DirectoryLock lock = DirectoryLock.tryLock(Path.of(args[0])))
        {
            System.out.println("lock: " + (lock == null ? "held" : "free"));
        }
    }
}
