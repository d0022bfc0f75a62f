/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.Version;
import io.caracal.server.console.Results;

/** Implements {@code caracal version}. */
public final class VersionCommand
{
    private VersionCommand()
    {
    }

    /**
     * Prints the version.
     *
     * @param args none.
     */
    public static void main(final String[] args)
    {
        Results.end(out ->
        {
            out.println("Caracal " + Version.caracal() + ", protocol of ZooKeeper " + Version.protocol());
            return 0;
        });
    }
}
