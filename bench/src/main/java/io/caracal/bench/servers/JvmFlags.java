/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the files with the JVM flags of Caracal's own programs, which are kept beside the scripts. */
public final class JvmFlags
{
    private static final int FEATURE_OF_SECOND_FILE = 24;
    private static final String OF_SERVERS = "server.args";

    private JvmFlags()
    {
    }

    /**
     * Returns why programs cannot be started.
     *
     * @return the reason; empty when they can be started.
     */
    public static Optional<String> missing()
    {
        return missing(fileName()).or(() -> missing(OF_SERVERS));
    }

    private static Optional<String> missing(final String name)
    {
        return file(name).isPresent() ? Optional.empty() : Optional.of("no file " + name +
            " found; name its directory with -Dcaracal.conf=DIR");
    }

    /**
     * Returns the argument for the command line of a program.
     *
     * @return a flag that names the file.
     */
    public static String argument()
    {
        return "@" + file(fileName()).orElseThrow();
    }

    /**
     * Returns the further argument for the command line of a server.
     *
     * @return a flag that names the file.
     */
    static String serverArgument()
    {
        return "@" + file(OF_SERVERS).orElseThrow();
    }

    /**
     * Returns the name of the file for this JVM.
     *
     * @return the name without directory.
     */
    public static String fileName()
    {
        return Runtime.version().feature() >= FEATURE_OF_SECOND_FILE ? "java-25.args" : "java-17.args";
    }

    private static Optional<Path> file(final String name)
    {
        final String conf = System.getProperty("caracal.conf");
        if (conf != null)
        {
            return Optional.of(Path.of(conf, name)).filter(Files::exists);
        }
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent())
        {
            for (final String place : List.of("tools/conf", "conf"))
            {
                final Path file = dir.resolve(place).resolve(name);
                if (Files.exists(file))
                {
                    return Optional.of(file);
                }
            }
        }

        return Optional.empty();
    }
}
