/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.ArrayList;
import java.util.List;

/** Where one performance of a program happens: its subtree, and the zxids that its clients have seen there. */
final class Scene
{
    private final String base;
    private final boolean withArrivals;
    private final List<Long> zxids = new ArrayList<>();

    /** With arrivals every client bears the identity of the auth packets that are sent between them, from the start. */
    Scene(final String base, final boolean withArrivals)
    {
        this.base = base;
        this.withArrivals = withArrivals;
    }

    boolean withArrivals()
    {
        return withArrivals;
    }

    /** A path below the base; null stays null, and what does not begin with a slash stays as it is. */
    String path(final String relative)
    {
        return relative == null || !relative.startsWith("/") ? relative : relative.equals("/") && !base.isEmpty() ?
            base : base + relative;
    }

    void saw(final long zxid)
    {
        if (zxid > 0 && !zxids.contains(zxid))
        {
            zxids.add(zxid);
        }
    }

    /** The zxid seen first so many sights ago; 0 when there was none. */
    long zxid(final int ago)
    {
        return zxids.isEmpty() ? 0 : zxids.get(Math.max(0, zxids.size() - 1 - ago));
    }
}
