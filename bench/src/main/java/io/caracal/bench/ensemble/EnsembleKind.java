/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.caracal.bench.compare.JavaCommand;
import io.caracal.bench.compare.JvmFlags;

/** Ensembles that can be compared: how one of their servers is started. Both read the same zoo.cfg. */
enum EnsembleKind
{
    /** Apache ZooKeeper with its defaults; the heap limit is the one of its start script. */
    ZOOKEEPER("zookeeper", "org.apache.zookeeper.server.quorum.QuorumPeerMain")
    {
        @Override
        Optional<String> missing()
        {
            return Optional.empty();
        }

        @Override
        String describe()
        {
            return "Apache ZooKeeper " + version() + ", -Xmx1000m as its start script sets, AdminServer off";
        }

        /** By name: its class files carry annotations that are not on the class path of the compiler. */
        private String version()
        {
            try
            {
                return Class.forName(mainClass(), false, EnsembleKind.class.getClassLoader()).getPackage()
                    .getImplementationVersion();
            }
            catch (final ClassNotFoundException ex)
            {
                throw new IllegalStateException(ex);
            }
        }

        @Override
        List<String> flags(final boolean forceSync)
        {
            return List.of("-Xmx1000m", "-Dzookeeper.forceSync=" + yesOrNo(forceSync));
        }
    },
    /** Caracal with the flags and the collector of its launcher. */
    CARACAL("caracal", "io.caracal.server.ServerMain")
    {
        @Override
        Optional<String> missing()
        {
            return JvmFlags.missing();
        }

        @Override
        String describe()
        {
            return "Caracal, defaults, JVM flags of " + JvmFlags.fileName() + ", -Xmx512m and the collector of its " +
                "launcher";
        }

        @Override
        List<String> flags(final boolean forceSync)
        {
            return List.of(JvmFlags.argument(), "-Xmx512m", "-XX:+UseSerialGC");
        }
    };

    private static final String LOGBACK = """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%d{HH:mm:ss.SSS} %%-5level %%logger{0} - %%msg%%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="FILE"/></root>
        </configuration>
        """;

    private final String word;
    private final String mainClass;

    EnsembleKind(final String word, final String mainClass)
    {
        this.word = word;
        this.mainClass = mainClass;
    }

    /** The word for it on the command line and in reports. */
    String word()
    {
        return word;
    }

    String mainClass()
    {
        return mainClass;
    }

    /** Why it cannot be started here; empty when it can. */
    abstract Optional<String> missing();

    /** Version and settings, for the report. */
    abstract String describe();

    /** What the JVM of a server is told. */
    abstract List<String> flags(boolean forceSync);

    static String yesOrNo(final boolean is)
    {
        return is ? "yes" : "no";
    }

    /** Writes what a server needs into its directory; returns program and arguments. */
    List<String> command(final Member member, final List<Member> all, final boolean forceSync)
    {
        final StringBuilder config = new StringBuilder("tickTime=2000\ninitLimit=10\nsyncLimit=5\n").append(
            "dataDir=").append(member.data()).append("\nclientPort=").append(member.clientPort()).append(
                "\nclientPortAddress=").append(Member.HOST).append("\nadmin.enableServer=false\n").append(
                    "4lw.commands.whitelist=srvr,mntr,srst\nforceSync=").append(yesOrNo(forceSync)).append('\n');
        all.forEach(each -> config.append(each.line()));
        try
        {
            Files.createDirectories(member.data());
            Files.writeString(member.data().resolve("myid"), member.id() + "\n");
            final Path file = Files.writeString(member.dir().resolve("zoo.cfg"), config);
            final Path logback = Files.writeString(member.dir().resolve("logback.xml"),
                LOGBACK.formatted(member.dir().resolve("server.log")));
            final List<String> flags = new ArrayList<>(flags(forceSync));
            flags.add("-Dlogback.configurationFile=" + logback);

            return JavaCommand.of(flags, mainClass, List.of(file.toString()));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
