/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.ServerContext;
import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Printable;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.console.EmptyArgument;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Parses the arguments of the server: {@code [zoo.cfg] [key=value ...]}, or ZooKeeper's older
 * {@code clientPort dataDir [tickTime] [maxClientCnxns]}.
 */
final class CommandLine
{
    static final String USAGE = """
        usage: caracal server [zoo.cfg] [key=value ...]
               caracal server CLIENTPORT DATADIR [TICKTIME] [MAXCLIENTCNXNS]
        Without a file: port 2181, data in ./caracal-data. All keys: caracal config --explain""";

    /** Data directory when none is given. */
    static final String DATA_DIR_DEFAULT = "caracal-data";

    private static final String DATA_DIR_PROPERTY = ServerProperty.PREFIX + ServerProperty.DATA_DIR.key();
    private static final String[] OLD_ORDER = { "clientPort", "dataDir", "tickTime", "maxClientCnxns" };

    private CommandLine()
    {
    }

    static ServerContext parse(final String... args)
    {
        final boolean isOldOrder = args.length >= 2 && args.length <= OLD_ORDER.length && args[0].matches("\\d+");

        return isOldOrder ? parseInOldOrder(args) : parseFileAndSettings(args);
    }

    private static ServerContext parseInOldOrder(final String... args)
    {
        final ServerContext context = new ServerContext();
        for (int i = 0; i < args.length; i++)
        {
            requireNoSetting(args[i]);
            context.set(OLD_ORDER[i], args[i]);
        }

        return context;
    }

    private static ServerContext parseFileAndSettings(final String... args)
    {
        for (final String arg : args)
        {
            requireNoOption(arg);
        }

        final ServerContext context = new ServerContext();
        final boolean hasFile = args.length > 0 && isFile(args[0]);
        boolean hasDataDir = hasFile;
        if (hasFile)
        {
            requireNoPort(args[0]);
            context.file(path(args[0]));
        }
        for (int i = hasFile ? 1 : 0; i < args.length; i++)
        {
            set(context, args[i]);
            hasDataDir |= args[i].startsWith("dataDir=");
        }

        return hasDataDir || System.getProperty(DATA_DIR_PROPERTY) != null ? context :
            context.dataDir(Path.of(DATA_DIR_DEFAULT));
    }

    private static void set(final ServerContext context, final String setting)
    {
        final int end = setting.indexOf('=');
        if (end < 1)
        {
            throw new ConfigException("argument " + setting + " is not key=value\n" + USAGE);
        }

        context.set(setting.substring(0, end), setting.substring(end + 1));
    }

    /** Refuses a setting behind a port: it would be taken for the name of a directory. */
    private static void requireNoSetting(final String argument)
    {
        if (!isFile(argument))
        {
            throw new ConfigException(argument + " stands behind a port, where CLIENTPORT DATADIR are meant; write " +
                "clientPort=PORT for the port\n" + USAGE);
        }
    }

    /** Refuses options and empty arguments. A file whose name begins with a hyphen can be given as {@code ./-x}. */
    private static void requireNoOption(final String argument)
    {
        if (argument.startsWith("-"))
        {
            throw new ConfigException("there is no option " + Printable.of(argument) + "\n" + USAGE);
        }

        if (argument.isEmpty())
        {
            throw new ConfigException(EmptyArgument.MESSAGE + "\n" + USAGE);
        }
    }

    /** Refuses a lone number, unless a file has this name. */
    private static void requireNoPort(final String argument)
    {
        if (argument.matches("\\d+") && !Files.exists(Path.of(argument)))
        {
            throw new ConfigException("there is no file " + argument + "; a port alone is written clientPort=" +
                argument + "\n" + USAGE);
        }
    }

    private static Path path(final String argument)
    {
        try
        {
            return Path.of(argument);
        }
        catch (final InvalidPathException ex)
        {
            throw new ConfigException(Printable.of(argument) + " is not a path in the locale of this process: " +
                ex.getReason() + "; rename the file, or set LANG");
        }
    }

    /** An equals sign may also be part of a file name, but a key never contains a slash. */
    private static boolean isFile(final String argument)
    {
        final int end = argument.indexOf('=');
        return end < 0 || argument.lastIndexOf('/', end) >= 0;
    }
}
