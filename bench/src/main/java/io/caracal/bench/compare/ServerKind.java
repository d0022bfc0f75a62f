/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server that can be compared: how to start it in a process of its own. Knows nothing of a running one. */
interface ServerKind
{
    /** The word for it on the command line and in reports. */
    String name();

    /** Why it cannot be started here; empty when it can. */
    Optional<String> missing();

    /** Version and durability, for the report. */
    String describe(boolean forceSync);

    /** Whether it keeps znodes; one that does not has no memory, snapshot or restart to measure. */
    boolean keepsTree();

    /**
     * Writes what it needs into its directory and says how to start it.
     *
     * @param dir       of its own, empty at the first start.
     * @param port      to listen on, on 127.0.0.1.
     * @param forceSync whether writes are durable before they are answered.
     * @return program and arguments.
     * @throws IOException when a file could not be written.
     */
    List<String> command(Path dir, int port, boolean forceSync) throws IOException;
}
