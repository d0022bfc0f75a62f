/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.log;

import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * The least severe level of library log messages that is shown, and where they go. One setting for the process.
 */
public final class LogLevel
{
    /** System property with the level: error, warn (default), info, debug or trace. */
    public static final String PROPERTY = "caracal.shell.log";

    private static volatile Level level = parse(System.getProperty(PROPERTY, ""));
    private static volatile Consumer<String> sink = System.err::println;

    private LogLevel()
    {
    }

    /**
     * @param least severe level that is shown.
     */
    public static void set(final Level least)
    {
        level = least;
    }

    /**
     * @return the least severe level that is shown.
     */
    public static Level level()
    {
        return level;
    }

    /**
     * @param target takes each line from now on, from any thread.
     */
    public static void sink(final Consumer<String> target)
    {
        sink = target;
    }

    static void write(final String line)
    {
        sink.accept(line);
    }

    private static Level parse(final String name)
    {
        final String wanted = name.toUpperCase(Locale.ROOT);
        for (final Level candidate : Level.values())
        {
            if (candidate.name().equals(wanted))
            {
                return candidate;
            }
        }

        return Level.WARN;
    }
}
