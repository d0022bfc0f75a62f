/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads the whole tree of a server once: data, Stat and children of each znode. Where access is controlled, it also
 * reads the lists.
 */
public final class TreeWalk implements Wishes
{
    private final int clientId;
    private final ArrayDeque<String> paths;
    private final List<String> credentials;
    private int nextNumber;
    private int answeredCount;

    /**
     * Creates a walk.
     *
     * @param clientId    of the client that walks.
     * @param paths       of the znodes to read.
     * @param credentials of a user who may read everything; none where access is not controlled: then no list is read.
     */
    public TreeWalk(final int clientId, final Collection<String> paths, final List<String> credentials)
    {
        this.clientId = clientId;
        this.credentials = credentials;
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
        final List<Operation> reads = new ArrayList<>();

        if (path != null)
        {
            reads.add(of(Operation.Kind.GET_DATA, path, sessionId, nowNs));
            reads.add(of(Operation.Kind.GET_CHILDREN, path, sessionId, nowNs));
        }

        if (path != null && !credentials.isEmpty())
        {
            reads.add(of(Operation.Kind.GET_ACL, path, sessionId, nowNs));
        }

        return reads;
    }

    @Override
    public List<String> credentials()
    {
        return credentials;
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
