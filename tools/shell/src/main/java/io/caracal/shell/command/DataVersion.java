/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

/** The version that a conditional change requires. */
final class DataVersion
{
    private static final int ANY = -1;

    private DataVersion()
    {
    }

    /** Returns the version of -v if given, else the one at the position of the old syntax, else any. */
    static int wanted(final Integer option, final Integer oldPlace)
    {
        if (option != null)
        {
            return option;
        }

        return oldPlace == null ? ANY : oldPlace;
    }
}
