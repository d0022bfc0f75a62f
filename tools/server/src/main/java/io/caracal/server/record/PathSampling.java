/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.concurrent.TimeUnit;

/**
 * Settings of how paths are counted.
 *
 * @param share     of the requests with a path that is counted, from 0 (none) to 1.
 * @param slotCount number of time slots whose counts are kept, 1 or more.
 * @param slotNs    length of a slot.
 * @param depthMax  number of elements to which a path is shortened, 1 or more.
 * @param topMax    number of paths in a ranking, 1 or more.
 * @param firstNs   time from the start until the first ranking in the log.
 * @param tellNs    time between further rankings in the log.
 */
public record PathSampling(double share, int slotCount, long slotNs, int depthMax, int topMax, long firstNs,
    long tellNs)
{
    /** Counts nothing. */
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
     * Returns for how long counts are kept. Fractions of a second in the length of a slot are ignored.
     *
     * @return seconds.
     */
    public long windowS()
    {
        return slotCount * TimeUnit.NANOSECONDS.toSeconds(slotNs);
    }
}
