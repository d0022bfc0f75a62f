/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import io.caracal.server.Version;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Caracal with its defaults. Only this class knows how a Caracal server is started and queried. When
 * {@code caracal bench} was typed, the same script starts the server, as people start it. Without the script, the
 * server is started on the class path of this process. It then lacks the archive of loaded classes, which makes the
 * start slower.
 */
public final class CaracalKind implements ServerKind
{
    static final String NAME = "caracal";
    /** Key of the {@code mntr} line with the bytes of native memory that the ledger counts. */
    static final String LEDGER_KEY = "zk_native_memory_bytes";

    private static final String MAIN_CLASS = "io.caracal.server.main.ServerMain";
    private static final String LAUNCHER = System.getProperty("caracal.launcher");

    /**
     * Asks a running server for the bytes of native memory that its ledger counts.
     *
     * @param server of any kind.
     * @return bytes; empty for servers that keep no ledger.
     */
    public static OptionalLong ledger(final ServerProcess server)
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
        return "Caracal " + Version.caracal() + ", defaults, started by " + (LAUNCHER == null ?
            "this program with the flags and the collector of its script" : LAUNCHER) + ", forceSync=" +
            (forceSync ?
                "yes" : "no");
    }

    @Override
    public boolean keepsTree()
    {
        return true;
    }

    @Override
    public List<String> launch(final Path dir, final Path config, final boolean forceSync)
    {
        final List<String> arguments = List.of(config.toString(), "forceSync=" + (forceSync ? "yes" : "no"));
        if (LAUNCHER == null)
        {
            return JavaCommand.of(List.of(JvmFlags.argument(), JvmFlags.serverArgument(), "-Xmx1000m",
                "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"), MAIN_CLASS, arguments);
        }

        final List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home"),
            LAUNCHER, "server"));
        command.addAll(arguments);
        return command;
    }
}
