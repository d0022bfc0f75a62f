/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.concurrent.TimeUnit;

/**
 * How paths are counted.
 *
 * @param share     of the requests that name a path, 0 (none: nothing is counted) to 1.
 * @param slotCount for so many slots counts are kept, 1 or more.
 * @param slotNs    length of a slot.
 * @param depthMax  a path is cut behind so many names, 1 or more.
 * @param topMax    so many paths are told, 1 or more.
 * @param firstNs   from the start until they are first told in the log.
 * @param tellNs    from then on between two times.
 */
public record PathSampling(double share, int slotCount, long slotNs, int depthMax, int topMax, long firstNs,
    long tellNs)
{
    /** Nothing is counted. */
    public static final PathSampling OFF = new PathSampling(0, 1, TimeUnit.DAYS.toNanos(1), 1, 1, Long.MAX_VALUE / 2,
        Long.MAX_VALUE / 2);

    /**
     * Whether anything is counted.
     *
     * @return false for {@link #OFF}.
     */
    public boolean isOn()
    {
        return share > 0;
    }

    /**
     * For how long counts are kept: slots of less than a second add up to nothing.
     *
     * @return seconds.
     */
    public long windowS()
    {
        return slotCount * TimeUnit.NANOSECONDS.toSeconds(slotNs);
    }
}
