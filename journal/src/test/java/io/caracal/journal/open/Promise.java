/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.simulator.contract.StorageDriver;
import java.util.List;

/**
 * What a server may find at a start, given what it was told before and what it had asked for.
 *
 * @param history       zxids handed to the log, without those that are certainly truncated.
 * @param durableZxid   last zxid reported as durable.
 * @param publishedZxid zxid of the newest snapshot reported as published.
 * @param cutZxid       end of a truncation that was requested but not reported, {@link #NO_CUT} when there is none.
 * @param isReplacing   whether the state of another server may have been received.
 * @param epochAsked    last epoch requested to be stored.
 * @param epochTold     last epoch reported as durable.
 */
record Promise(List<Long> history, long durableZxid, long publishedZxid, long cutZxid, boolean isReplacing,
    long epochAsked, long epochTold)
{
    /** No truncation is in progress. */
    static final long NO_CUT = -1;

    /** Returns what is wrong with a start, null when nothing is. */
    String brokenBy(final StorageDriver found, final long epoch)
    {
        if (epoch < epochTold || epoch > epochAsked)
        {
            return "epoch " + epoch + ", told " + epochTold + ", asked " + epochAsked;
        }
        if (found.loadedZxid < publishedZxid || (found.loadedZxid != 0 && found.loadedDigest != ~found.loadedZxid))
        {
            return "loaded " + found.loadedZxid + ", published " + publishedZxid;
        }
        if (isReplacing && found.loadedZxid == ServerLife.RECEIVED && found.replayEnd == ServerLife.RECEIVED)
        {
            return found.replayed.isEmpty() ? null : "records after a received snapshot";
        }

        final boolean isCut = cutZxid != NO_CUT && found.replayEnd == cutZxid;
        if (!isCut && found.replayEnd < durableZxid)
        {
            return "ends at " + found.replayEnd + ", durable " + durableZxid;
        }

        final List<Long> expected = history.stream().filter(zxid -> zxid > found.loadedZxid && zxid <= found.replayEnd)
            .toList();
        final boolean isEndKnown = found.replayEnd == found.loadedZxid || history.contains(found.replayEnd);
        return isEndKnown && expected.equals(found.replayed) ? null : "replayed " + found.replayed + " up to " +
            found.replayEnd + ", not " + expected;
    }
}
