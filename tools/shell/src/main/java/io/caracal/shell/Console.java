/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells whether a person sits at the terminal of this process. */
final class Console
{
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    private static final Pattern SCREEN = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    private Console()
    {
    }

    /** Whether standard output is a screen, even if the commands come from a pipe or file. */
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

    /**
     * Whether input and output are both a terminal. Before Java 22, {@code System.console()} is non-null only then;
     * since Java 22 the console is asked.
     */
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
