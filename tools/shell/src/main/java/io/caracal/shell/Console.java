/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a person sits at the ends of this process. */
final class Console
{
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    private static final Pattern SCREEN = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    private Console()
    {
    }

    /** Whether a person reads what is printed, whoever writes the commands. */
    static boolean isScreen()
    {
        return isInteractive() || leadsToScreen(OUTPUT);
    }

    static boolean leadsToScreen(final Path descriptor)
    {
        try
        {
            return SCREEN.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        }
        catch (final IOException noProc)
        {
            return false;
        }
    }

    /** Whether a person sits at both ends. Before Java 22 there is a console only then; since, it can be asked. */
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
