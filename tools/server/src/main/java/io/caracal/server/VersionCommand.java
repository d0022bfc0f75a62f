/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

/** {@code caracal version}. */
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
        System.out.println("Caracal " + Version.caracal() + ", protocol of ZooKeeper " + Version.protocol());
    }
}
