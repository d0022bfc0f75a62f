/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jline.reader.Candidate;

/**
 * Completes paths that exist. Somebody who presses Tab expects proposals at once. So without a connection, without an
 * answer in time, or with too many children there are no proposals, and never an error or a long wait.
 */
final class PathCandidates
{
    private static final long PATIENCE_MS = 2_000;

    /** A longer list does not help a person, and one with too many bytes would break the connection. */
    private static final int CHILDREN_MAX = 5_000;

    private final Connection connection;

    PathCandidates(final Connection connection)
    {
        this.connection = connection;
    }

    void add(final String typed, final List<Candidate> candidates)
    {
        if (!connection.state().isConnected())
        {
            return;
        }

        final String parent = typed.substring(0, Math.max(1, typed.lastIndexOf('/')));
        final String prefix = parent.equals("/") ? "/" : parent + "/";
        for (final String child : children(parent))
        {
            // No blank is added after the path, because it may go on.
            candidates.add(new Candidate(prefix + child, child, null, null, null, null, false));
        }
    }

    private List<String> children(final String parent)
    {
        try
        {
            final ZooKeeper client = connection.client();
            final CompletableFuture<Stat> stat = new CompletableFuture<>();
            client.exists(parent, false, (rc, path, context, found) -> stat.complete(found), null);
            final Stat found = stat.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            if (found == null || found.getNumChildren() == 0 || found.getNumChildren() > CHILDREN_MAX)
            {
                return List.of();
            }

            final CompletableFuture<List<String>> names = new CompletableFuture<>();
            client.getChildren(parent, false, (rc, path, context, list) -> names.complete(list), null);
            final List<String> list = names.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            return list == null ? List.of() : list;
        }
        catch (final CommandFailure | ExecutionException | TimeoutException | IllegalArgumentException none)
        {
            return List.of();
        }
        catch (final InterruptedException interruption)
        {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
