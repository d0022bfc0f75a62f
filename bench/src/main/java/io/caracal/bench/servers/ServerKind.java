/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server that can be compared: how to start it in a process of its own. Knows nothing of a running one. */
public interface ServerKind
{
    /**
     * The word for it.
     *
     * @return a name for the command line and reports.
     */
    String name();

    /**
     * Why it cannot be started here.
     *
     * @return empty when it can.
     */
    Optional<String> missing();

    /**
     * Version, settings and durability, for the report.
     *
     * @param forceSync whether writes are durable before they are answered.
     * @return a line.
     */
    String describe(boolean forceSync);

    /**
     * Whether it keeps znodes; one that does not has no memory, snapshot or restart to measure, and forms no ensemble.
     *
     * @return true when it does.
     */
    boolean keepsTree();

    /**
     * Writes what it needs beside a configuration and says how to start it.
     *
     * @param dir       of the server.
     * @param config    the zoo.cfg, in which everything stands but {@code forceSync}.
     * @param forceSync whether writes are durable before they are answered.
     * @return program and arguments.
     * @throws IOException when a file could not be written.
     */
    List<String> launch(Path dir, Path config, boolean forceSync) throws IOException;

    /**
     * Writes what a standalone server needs into its directory and says how to start it.
     *
     * @param dir       of its own, empty at the first start.
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
