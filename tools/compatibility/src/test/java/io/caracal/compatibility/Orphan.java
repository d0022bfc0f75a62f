/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.IOException;

/** Ends a child process when its parent is gone, so that no process outlives the test that started it. */
public final class Orphan
{
    private Orphan()
    {
    }

    public static void guard()
    {
        final Thread thread = new Thread(Orphan::readToTheEnd, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readToTheEnd()
    {
        try
        {
            int read = 0;

            while (read >= 0)
            {
                read = System.in.read();
            }
        }
        catch (final IOException ex)
        {
            System.err.println("standard input failed, taken for its end: " + ex);
        }

        Runtime.getRuntime().halt(9);
    }
}
