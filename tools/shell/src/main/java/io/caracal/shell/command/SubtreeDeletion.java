/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;

/**
 * Deletes a subtree, leaves first, many znodes in one transaction. When a batch fails, its znodes are deleted one by
 * one. A znode that has meanwhile vanished is no failure, and a znode that cannot be deleted does not stop the others.
 */
final class SubtreeDeletion
{
    /**
     * Most characters of all paths in one transaction. Its request has to stay well below the 1 MiB that servers
     * accept.
     */
    private static final int BATCH_LENGTH_MAX = 256 * 1024;

    private final ZooKeeper client;
    private final int batchSize;
    private final List<String> batch = new ArrayList<>();
    private int batchLength;
    private KeeperException failure;

    SubtreeDeletion(final ZooKeeper client, final int batchSize)
    {
        this.client = client;
        this.batchSize = Math.max(1, batchSize);
    }

    /** The first reason why a znode still exists; null when all are gone. */
    KeeperException failure()
    {
        return failure;
    }

    void delete(final String top) throws KeeperException, InterruptedException
    {
        final List<String> paths = ZKUtil.listSubTreeBFS(client, top);
        for (int i = paths.size() - 1; i >= 0; i--)
        {
            final String path = paths.get(i);
            if (batch.size() == batchSize || batchLength + path.length() > BATCH_LENGTH_MAX)
            {
                deleteBatch();
            }

            batch.add(path);
            batchLength += path.length();
        }

        deleteBatch();
    }

    private void deleteBatch() throws KeeperException, InterruptedException
    {
        if (batch.size() == 1 || !tryTogether())
        {
            deleteOneByOne();
        }

        batch.clear();
        batchLength = 0;
    }

    private boolean tryTogether() throws KeeperException, InterruptedException
    {
        final List<Op> ops = new ArrayList<>();
        for (final String path : batch)
        {
            ops.add(Op.delete(path, -1));
        }

        try
        {
            client.multi(ops);
            return true;
        }
        catch (final KeeperException.ConnectionLossException | KeeperException.SessionExpiredException lost)
        {
            throw lost;
        }
        catch (final KeeperException refused)
        {
            return false;
        }
    }

    private void deleteOneByOne() throws KeeperException, InterruptedException
    {
        for (final String path : batch)
        {
            try
            {
                client.delete(path, -1);
            }
            catch (final KeeperException.NoNodeException gone)
            {
                // Another client deleted it first, which is what was asked.
            }
            catch (final KeeperException.ConnectionLossException | KeeperException.SessionExpiredException lost)
            {
                throw lost;
            }
            catch (final KeeperException refused)
            {
                failure = failure == null ? refused : failure;
            }
        }
    }
}
