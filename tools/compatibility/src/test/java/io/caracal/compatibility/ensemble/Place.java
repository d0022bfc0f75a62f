/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import java.nio.file.Path;
import java.util.List;

/** Where the servers of a {@link LocalEnsemble} live and how a test reaches them. */
interface Place
{
    /** Address of a server, for its fellows and its clients. */
    String host(int id);

    /** What the command of a server begins with. */
    List<String> launcher(int id);

    /** Where a server has its data, as it sees that itself. */
    default Path data(final int id, final Path usual)
    {
        return usual;
    }

    /** The same as this process sees it. */
    default Path outside(final int id, final Path usual)
    {
        return usual;
    }

    /** The answer to a four-letter word, empty while there is none. */
    String ask(int id, int port, String word);
}
