/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;

/** Reads the whole tree of a server once: data, Stat and children of each znode. */
public final class TreeWalk implements Wishes
{
    private final int clientId;
    private final ArrayDeque<String> paths;
    private int nextNumber;
    private int answeredCount;

    /**
     * Creates a walk.
     *
     * @param clientId of the client that walks.
     * @param paths    of the znodes to read.
     */
    public TreeWalk(final int clientId, final Collection<String> paths)
    {
        this.clientId = clientId;
        this.paths = new ArrayDeque<>(paths);
    }

    /**
     * Whether everything has been read.
     *
     * @return true when it has.
     */
    public boolean isDone()
    {
        return paths.isEmpty() && answeredCount == nextNumber;
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        final String path = paths.pollFirst();

        return path == null ? List.of() : List.of(of(Operation.Kind.GET_DATA, path, sessionId, nowNs),
            of(Operation.Kind.GET_CHILDREN, path, sessionId, nowNs));
    }

    @Override
    public Operation of(final Operation.Kind kind, final String path, final long sessionId, final long nowNs)
    {
        return new Operation(kind, path, clientId, nextNumber++, sessionId, nowNs);
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        answeredCount++;
    }
}
