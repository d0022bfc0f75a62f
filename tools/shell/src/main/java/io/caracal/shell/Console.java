/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import java.lang.reflect.InvocationTargetException;

/**
 * Whether a person sits at both ends. Before Java 22 there is a console only then; since, it can be asked.
 */
final class Console
{
    private Console()
    {
    }

    @SuppressWarnings("SystemConsoleNull")
    static boolean isInteractive()
    {
        final java.io.Console console = System.console();
        if (console == null)
        {
            return false;
        }

        try
        {
            return (boolean)java.io.Console.class.getMethod("isTerminal").invoke(console);
        }
        catch (final NoSuchMethodException olderJava)
        {
            return true;
        }
        catch (final IllegalAccessException | InvocationTargetException failure)
        {
            throw new IllegalStateException("Console.isTerminal cannot be called", failure);
        }
    }
}
