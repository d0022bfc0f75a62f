/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** All kinds of servers that can be compared. */
public final class ServerKinds
{
    /** The kind that the others are compared with. */
    public static final String REFERENCE = ZooKeeperKind.NAME;

    /** Default for the largest heap of the reference, as -Xmx takes it. */
    public static final String REFERENCE_HEAP = ZooKeeperKind.HEAP;

    private ServerKinds()
    {
    }

    /**
     * Returns those of the named kinds that can be started here.
     *
     * @param names    on the command line, in the order of their turns.
     * @param heap     largest heap of the reference, as -Xmx takes it.
     * @param payload  bytes of every znode that the do-nothing server pretends to have.
     * @param progress receives a line for each kind that cannot be started.
     * @return the kinds in that order.
     * @throws IllegalArgumentException when there is no such kind, one is named twice, or the heap is not a size.
     * @throws IllegalStateException    when none of them can be started here.
     */
    public static List<ServerKind> named(
        final List<String> names, final String heap, final int payload, final Consumer<String> progress)
    {
        final List<ServerKind> all = List.of(new ZooKeeperKind(heap), new CaracalKind(), new NothingKind(payload));
        final List<ServerKind> kinds = new ArrayList<>();
        for (final String name : names)
        {
            if (Collections.frequency(names, name) > 1)
            {
                // They would share a directory and a name in figures.
                throw new IllegalArgumentException("server '" + name + "' is named twice: each has one turn in a " +
                    "round");
            }
            final ServerKind kind = all.stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is called '" + name + "'"));
            kind.missing().ifPresentOrElse(why -> progress.accept("left out: " + name + ": " + why),
                () -> kinds.add(kind));
        }
        if (kinds.isEmpty())
        {
            throw new IllegalStateException("none of these servers can be started here: " + String.join(", ", names));
        }

        return kinds;
    }
}
