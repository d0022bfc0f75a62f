/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kind of server that can be compared. It knows how to start such a server in a process of its own, but nothing about
 * a running one.
 */
public interface ServerKind
{
    /**
     * Returns the name of the kind.
     *
     * @return the name on the command line and in reports.
     */
    String name();

    /**
     * Returns why the server cannot be started here.
     *
     * @return the reason; empty when it can be started.
     */
    Optional<String> missing();

    /**
     * Describes version, settings and durability for the report.
     *
     * @param forceSync whether writes are durable before they are answered.
     * @return one line.
     */
    String describe(boolean forceSync);

    /**
     * Whether the server keeps znodes. One that does not has no memory, snapshot or restart to measure, and forms no
     * ensemble.
     *
     * @return true if it does.
     */
    boolean keepsTree();

    /**
     * Writes what the server needs beside a configuration, and returns how to start it.
     *
     * @param dir       directory of the server.
     * @param config    the zoo.cfg, which contains everything except {@code forceSync}.
     * @param forceSync whether writes are durable before they are answered.
     * @return program and arguments.
     * @throws IOException when a file could not be written.
     */
    List<String> launch(Path dir, Path config, boolean forceSync) throws IOException;

    /**
     * Writes what a standalone server needs into its directory, and returns how to start it.
     *
     * @param dir       directory of the server, empty at the first start.
     * @param port      to listen on, on 127.0.0.1.
     * @param forceSync whether writes are durable before they are answered.
     * @return program and arguments.
     * @throws IOException when a file could not be written.
     */
    default List<String> command(final Path dir, final int port, final boolean forceSync) throws IOException
    {
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") +
            "\nclientPort=" + port + "\nclientPortAddress=127.0.0.1\ntickTime=2000\nmaxClientCnxns=0\n" +
            "admin.enableServer=false\n4lw.commands.whitelist=srvr,srst,mntr\n");
        return launch(dir, config, forceSync);
    }
}
