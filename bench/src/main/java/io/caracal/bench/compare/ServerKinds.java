/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every kind of server that can be compared. */
public final class ServerKinds
{
    /** The one that others are compared with. */
    public static final String REFERENCE = ZooKeeperKind.NAME;

    private static final List<ServerKind> ALL = List.of(new ZooKeeperKind(), new CaracalKind(), new NothingKind());

    private ServerKinds()
    {
    }

    /**
     * The kinds with some names that can be started here.
     *
     * @param names    on the command line, in the order of their turns.
     * @param progress is told of each that cannot be started.
     * @return kinds in that order.
     * @throws IllegalArgumentException when there is no such kind.
     */
    public static List<ServerKind> named(final List<String> names, final Consumer<String> progress)
    {
        final List<ServerKind> kinds = new ArrayList<>();
        for (final String name : names)
        {
            final ServerKind kind = ALL.stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is called '" + name + "'"));
            kind.missing().ifPresentOrElse(why -> progress.accept("left out: " + name + ": " + why),
                () -> kinds.add(kind));
        }

        return kinds;
    }
}
