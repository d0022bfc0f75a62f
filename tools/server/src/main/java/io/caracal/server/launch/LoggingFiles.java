/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks beside the configuration file for logging settings that are not read. Operators who come from ZooKeeper 3.7 or
 * earlier have a log4j.properties there, and would change levels in it without effect.
 */
public final class LoggingFiles
{
    /** Property of Logback that names the file that it reads. */
    public static final String IN_USE = "logback.configurationFile";
    private static final String LOGBACK = "logback.xml";
    private static final List<String> OF_LOG4J = List.of("log4j.properties", "log4j.xml", "log4j2.properties",
        "log4j2.xml");

    private LoggingFiles()
    {
    }

    /**
     * Says which files are not read, and which one is read instead. Where a logback.xml lies beside the configuration,
     * files of log4j are taken for leftovers and not mentioned.
     *
     * @param config the configuration file; null when there is none.
     * @param inUse  the file that Logback was told to read; null when it was told none.
     * @return a line for the log for each file that is not read.
     */
    public static List<String> advice(final Path config, final String inUse)
    {
        if (config == null || inUse == null)
        {
            return List.of();
        }

        final Path directory = config.toAbsolutePath().getParent();
        final Path logback = directory.resolve(LOGBACK);
        if (Files.exists(logback))
        {
            return isSame(logback, inUse) ? List.of() : List.of(logback + " is not read, " + inUse +
                " is: to have it read, set ZOOCFGDIR=" + directory + " or start with zkServer.sh --config " +
                directory);
        }

        return OF_LOG4J.stream().map(directory::resolve).filter(Files::exists).map(file -> file +
            " is not read: logging is set in " + inUse + ", or in a " + LOGBACK +
            " of the directory that ZOOCFGDIR names, as in ZooKeeper since 3.8").toList();
    }

    private static boolean isSame(final Path one, final String inUse)
    {
        final Path other = Path.of(inUse);
        if (!Files.exists(other))
        {
            // A URL or a resource of the class path, or a file whose absence Logback reports itself.
            return true;
        }

        try
        {
            return Files.isSameFile(one, other);
        }
        catch (final IOException ex)
        {
            // Logback cannot read the file either, and reports that itself.
            return true;
        }
    }
}
