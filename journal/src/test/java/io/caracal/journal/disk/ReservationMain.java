/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Reserves a file, and prints whether foreign calls are available for that. */
public final class ReservationMain
{
    static final String FOREIGN_CALLS = "foreign calls ";

    private ReservationMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        System.out.println(FOREIGN_CALLS + foreignCalls());
        new BlockReservation().reserve(Path.of(args[0]), Long.parseLong(args[1]));
    }

    private static String foreignCalls()
    {
        try
        {
            return CLibrary.strerror(CLibrary.ENOSYS);
        }
        catch (final LinkageError ex)
        {
            return "cannot be loaded";
        }
    }
}
