/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.StatsTrack;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Quotas as they are stored in the tree. The limited path is repeated below /zookeeper/quota, with one znode for the
 * limits and one in which the server maintains the usage.
 */
final class QuotaTree
{
    static final int NO_LIMIT = -1;

    private final ZooKeeper client;

    QuotaTree(final ZooKeeper client)
    {
        this.client = client;
    }

    static StatsTrack noLimits()
    {
        final StatsTrack limits = new StatsTrack();
        limits.setCount(NO_LIMIT);
        limits.setBytes(NO_LIMIT);
        limits.setCountHardLimit(NO_LIMIT);
        limits.setByteHardLimit(NO_LIMIT);
        return limits;
    }

    /** Whether this very path has limits, readable or not. */
    boolean hasLimits(final String path) throws KeeperException, InterruptedException
    {
        return client.exists(Quotas.limitPath(path), false) != null;
    }

    /** The limits of exactly this path; null when it has none. */
    StatsTrack limits(final String path) throws CommandFailure, KeeperException, InterruptedException
    {
        return read(Quotas.limitPath(path));
    }

    /** The usage below a path that has limits; null when it has none. */
    StatsTrack usage(final String path) throws CommandFailure, KeeperException, InterruptedException
    {
        return read(Quotas.statPath(path));
    }

    /** Refuses limits where they would have no effect: on a missing znode, and above or below other limits. */
    void checkPlace(final String path) throws CommandFailure, KeeperException, InterruptedException
    {
        if (client.exists(path, false) == null)
        {
            throw new CommandFailure(path + " does not exist.", "Limits can be set once it does.");
        }

        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1))
        {
            final String parent = path.substring(0, slash);
            refuseIf(limits(parent) != null, path + " has a parent " + parent + " which has a quota");
        }

        for (final String below : paths(path))
        {
            final boolean isLimit = below.endsWith("/" + Quotas.limitNode) && !below.equals(Quotas.limitPath(path));
            final String child = Quotas.trimQuotaPath(below.substring(0, below.lastIndexOf('/')));
            refuseIf(isLimit, path + " has a child " + child + " which has a quota");
        }
    }

    /** Writes the limits. The first limits of a path also need its parents and its usage znode. */
    void store(final String path, final StatsTrack limits)
        throws CommandFailure, KeeperException, InterruptedException
    {
        if (limits(path) != null)
        {
            client.setData(Quotas.limitPath(path), limits.getStatsBytes(), -1);
            return;
        }

        final String top = Quotas.limitPath(path);
        for (int slash = top.indexOf('/', 1); slash > 0; slash = top.indexOf('/', slash + 1))
        {
            createIfMissing(top.substring(0, slash), null);
        }

        createIfMissing(top, limits.getStatsBytes());
        final StatsTrack nothing = new StatsTrack();
        nothing.setCount(0);
        nothing.setBytes(0);
        createIfMissing(Quotas.statPath(path), nothing.getStatsBytes());
    }

    /** Removes limits and usage, and the parents that this leaves empty. */
    void delete(final String path) throws KeeperException, InterruptedException
    {
        String place = Quotas.quotaPath(path);
        for (final String child : client.getChildren(place, false))
        {
            if (child.equals(Quotas.limitNode) || child.equals(Quotas.statNode))
            {
                client.delete(place + "/" + child, -1);
            }
        }

        while (!place.equals(Quotas.quotaZookeeper) && client.getChildren(place, false).isEmpty())
        {
            client.delete(place, -1);
            place = place.substring(0, place.lastIndexOf('/'));
        }
    }

    private StatsTrack read(final String place) throws CommandFailure, KeeperException, InterruptedException
    {
        try
        {
            return parsed(place, client.getData(place, false, null));
        }
        catch (final KeeperException.NoNodeException none)
        {
            return null;
        }
    }

    /** Any client may write to that znode, and the library takes for granted that it was this shell. */
    private static StatsTrack parsed(final String place, final byte[] data) throws CommandFailure
    {
        try
        {
            return new StatsTrack(data == null ? new byte[0] : data);
        }
        catch (final IllegalArgumentException | IndexOutOfBoundsException unreadable)
        {
            throw new CommandFailure(place + " holds something else than a quota",
                "get shows it; delquota with the path alone removes it.");
        }
    }

    private List<String> paths(final String path) throws KeeperException, InterruptedException
    {
        try
        {
            final List<String> paths = ZKUtil.listSubTreeBFS(client, Quotas.quotaPath(path));
            Collections.sort(paths);
            return paths;
        }
        catch (final KeeperException.NoNodeException none)
        {
            return List.of();
        }
    }

    private void createIfMissing(final String place, final byte[] data) throws KeeperException, InterruptedException
    {
        try
        {
            client.create(place, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        catch (final KeeperException.NodeExistsException present)
        {
            // Created earlier for another limit of the same branch, or meanwhile by another client.
        }
    }

    private static void refuseIf(final boolean isWrong, final String message) throws CommandFailure
    {
        if (isWrong)
        {
            throw new CommandFailure(message,
                "Quotas cannot be nested; listquota and delquota work on the other path.");
        }
    }
}
