/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

/** The version that a conditional change asks for. */
final class DataVersion
{
    private static final int ANY = -1;

    private DataVersion()
    {
    }

    /** What -v says, else what the old place of the version says, else any. */
    static int wanted(final Integer option, final Integer oldPlace)
    {
        if (option != null)
        {
            return option;
        }

        return oldPlace == null ? ANY : oldPlace;
    }
}
