/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Caracal, standalone, with its defaults: the one place that knows how a Caracal server is started and asked. */
final class CaracalKind implements ServerKind
{
    static final String NAME = "caracal";
    /** The line of {@code mntr} with the bytes of native memory that the ledger holds. */
    static final String LEDGER_KEY = "zk_native_memory_bytes";

    private static final String MAIN_CLASS = "io.caracal.server.ServerMain";

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Optional<String> missing()
    {
        try
        {
            Class.forName(MAIN_CLASS, false, CaracalKind.class.getClassLoader());
            return argumentFile().isPresent() ? Optional.empty() : Optional.of(
                "no file with JVM flags; name its directory with -Dcaracal.conf=DIR");
        }
        catch (final ClassNotFoundException ex)
        {
            return Optional.of(MAIN_CLASS + " is not on the class path");
        }
    }

    @Override
    public String describe(final boolean forceSync)
    {
        return "Caracal standalone, defaults, JVM flags of " + argumentFile().map(Path::getFileName).orElse(null) +
            ", forceSync=" + (forceSync ? "yes" : "no");
    }

    @Override
    public boolean keepsTree()
    {
        return true;
    }

    @Override
    public List<String> command(final Path dir, final int port, final boolean forceSync) throws IOException
    {
        final Path config = dir.resolve("zoo.cfg");
        Files.writeString(config, "dataDir=" + dir.resolve("data") + "\nclientPort=" + port +
            "\nclientPortAddress=127.0.0.1\ntickTime=2000\nadmin.enableServer=false\n" +
            "4lw.commands.whitelist=srvr,mntr\nforceSync=" + (forceSync ? "yes" : "no") + "\n");
        return JavaCommand.of(List.of("@" + argumentFile().orElseThrow()), MAIN_CLASS, List.of(config.toString()));
    }

    /** The JVM flags are kept in one place, beside the scripts. */
    private static Optional<Path> argumentFile()
    {
        final String name = Runtime.version().feature() >= 24 ? "java-25.args" : "java-17.args";
        final String conf = System.getProperty("caracal.conf");
        if (null != conf)
        {
            return Optional.of(Path.of(conf, name)).filter(Files::exists);
        }
        for (Path dir = Path.of("").toAbsolutePath(); null != dir; dir = dir.getParent())
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
