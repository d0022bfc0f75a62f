/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;

/**
 * The quotas of the model tree. A znode counts towards the nearest quota at or above it. While a quota has limits, its
 * usage is what the tree holds, whatever clients write there. The usage is counted anew after each change, so that no
 * change can be forgotten. A usage without limits is counted when it is created, and is a znode like any other then.
 */
final class QuotaModel
{
    private static final String ROOT = "/zookeeper/quota";
    private static final String LIMITS = "/zookeeper_limits";
    private static final String USAGE = "/zookeeper_stats";

    private final ModelTree tree;

    QuotaModel(final ModelTree tree)
    {
        this.tree = tree;
    }

    /** Whether a path is that of a znode that tells the usage of a quota. The root has none. */
    static boolean isUsage(final String path)
    {
        return path.startsWith(ROOT + "/") && path.endsWith(USAGE) && path.length() > ROOT.length() + USAGE.length();
    }

    /** A znode was created. A new usage is counted even if there are no limits. */
    void onCreated(final String path)
    {
        if (isUsage(path))
        {
            count(path);
        }
    }

    /** Puts the right usage in place of what is written there, for every quota with limits. After each change. */
    void onChanged()
    {
        for (final String path : List.copyOf(tree.atOrBelow(ROOT)))
        {
            if (isUsage(path) && tree.now(limitsOf(governed(path))) != null)
            {
                count(path);
            }
        }
    }

    private static String governed(final String usagePath)
    {
        return usagePath.substring(ROOT.length(), usagePath.length() - USAGE.length());
    }

    private void count(final String usagePath)
    {
        final String text = counted(governed(usagePath));
        if (!text.equals(tree.now(usagePath).data()))
        {
            tree.rewrite(usagePath, text);
        }
    }

    /** Counts what is at or below a path, and not at or below a quota within. */
    private String counted(final String governed)
    {
        final List<String> within = tree.atOrBelow(ROOT + governed).stream().filter(QuotaModel::isLimits)
            .map(path -> path.substring(ROOT.length(), path.length() - LIMITS.length()))
            .filter(other -> !other.equals(governed)).toList();
        long count = 0;
        long bytes = 0;
        for (final String path : tree.atOrBelow(governed))
        {
            if (within.stream().noneMatch(other -> path.equals(other) || path.startsWith(other + "/")))
            {
                count++;
                bytes += bytesOf(path, tree.now(path).data());
            }
        }

        return QuotaFigures.usage(count, bytes);
    }

    private static boolean isLimits(final String path)
    {
        return path.endsWith(LIMITS);
    }

    /** The usage of a quota gets longer as it counts, so znodes of quotas have no bytes. */
    private static long bytesOf(final String path, final String data)
    {
        return data == null || path.startsWith(ROOT + "/") ? 0 : data.length();
    }

    /** The nearest path, at or above another one, that has limits at a zxid; null for none. The root has none. */
    private String nearest(final String path, final long zxid)
    {
        String governed = path;
        while (governed.length() > 1 && tree.at(limitsOf(governed), zxid) == null)
        {
            governed = ModelTree.parentOf(governed);
        }

        return governed.length() > 1 ? governed : null;
    }

    private static String limitsOf(final String governed)
    {
        return ROOT + governed + LIMITS;
    }

    /**
     * Whether a quota forbids a change in a state.
     *
     * @param path       of the znode that changes.
     * @param moreZnodes that the change adds; 0 is always allowed.
     * @param dataBefore of the znode, null for none.
     * @param dataAfter  of the znode.
     * @param zxid       of the state that tells limits and usage.
     */
    boolean forbids(final String path, final int moreZnodes, final String dataBefore, final String dataAfter,
        final long zxid)
    {
        final String governed = nearest(path, zxid);
        final Znode usage = governed == null ? null : tree.at(ROOT + governed + USAGE, zxid);

        return usage != null && QuotaFigures.of(tree.at(limitsOf(governed), zxid).data())
            .forbid(QuotaFigures.of(usage.data()), moreZnodes, bytesOf(path, dataAfter) - bytesOf(path, dataBefore));
    }
}
