/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Caracal, standalone, with its defaults: the one place that knows how a Caracal server is started and asked. Where
 * {@code caracal bench} was typed, the server is started by the same script, as a person starts it; without the script,
 * on the class path of this process, which costs a start the archive of loaded classes.
 */
final class CaracalKind implements ServerKind
{
    static final String NAME = "caracal";
    /** The line of {@code mntr} with the bytes of native memory that the ledger holds. */
    static final String LEDGER_KEY = "zk_native_memory_bytes";

    private static final String MAIN_CLASS = "io.caracal.server.ServerMain";
    private static final String LAUNCHER = System.getProperty("caracal.launcher");

    /** Bytes of native memory that a running server's ledger holds; empty for servers that keep none. */
    static OptionalLong ledger(final ServerProcess server)
    {
        return server.kind().name().equals(NAME) ? FourLetterWord.monitored(server.address(), LEDGER_KEY) :
            OptionalLong.empty();
    }

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
            return JvmFlags.missing();
        }
        catch (final ClassNotFoundException ex)
        {
            return Optional.of(MAIN_CLASS + " is not on the class path");
        }
    }

    @Override
    public String describe(final boolean forceSync)
    {
        return "Caracal standalone, defaults, " + (LAUNCHER == null ? "JVM flags of " + JvmFlags.fileName() +
            ", heap and collector as its script sets" : "started by " + LAUNCHER) + ", forceSync=" + (forceSync ?
                "yes" : "no");
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
            "\nclientPortAddress=127.0.0.1\ntickTime=2000\nmaxClientCnxns=0\nadmin.enableServer=false\n" +
            "4lw.commands.whitelist=srvr,srst,mntr\nforceSync=" + (forceSync ? "yes" : "no") + "\n");
        return LAUNCHER == null ? JavaCommand.of(List.of(JvmFlags.argument(), "-Xmx1000m", "-XX:+UseSerialGC"),
            MAIN_CLASS, List.of(config.toString())) : List.of("env", "JAVA_HOME=" + System.getProperty("java.home"),
                LAUNCHER, "server", config.toString());
    }
}
