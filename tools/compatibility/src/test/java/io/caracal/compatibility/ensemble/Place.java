/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import java.nio.file.Path;
import java.util.List;

/** Where the servers of a {@link LocalEnsemble} run, and how a test reaches them. */
interface Place
{
    /** The address of a server, for other servers and clients. */
    String host(int id);

    /** The beginning of a server's command. */
    List<String> launcher(int id);

    /** The data directory of a server, as the server sees it. */
    default Path data(final int id, final Path usual)
    {
        return usual;
    }

    /** The data directory of a server, as this process sees it. */
    default Path outside(final int id, final Path usual)
    {
        return usual;
    }

    /** The answer to a four-letter word; empty while there is none. */
    String ask(int id, int port, String word);
}
