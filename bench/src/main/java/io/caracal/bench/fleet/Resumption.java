/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * Drives the members of a fleet while servers are in trouble. Each needs one write acknowledged, on its connection or,
 * when that breaks, with the same session at another server.
 */
final class Resumption
{
    private static final byte[] PAYLOAD = new byte[8];

    private final FleetFrames frames;
    private final Redial redial;
    private final String path;
    private final long begunNs;
    private final Histogram acknowledged = new Histogram(3);

    Resumption(final FleetFrames frames, final Redial redial, final String path, final long begunNs)
    {
        this.frames = frames;
        this.redial = redial;
        this.path = path;
        this.begunNs = begunNs;
    }

    void write(final Member member)
    {
        try
        {
            member.send(frames.set(member.nextXid(), path, PAYLOAD));
        }
        catch (final IOException ex)
        {
            redial.onBroken(member);
        }
    }

    void onAcknowledged()
    {
        acknowledged.recordValue(System.nanoTime() - begunNs);
    }

    Histogram acknowledged()
    {
        return acknowledged;
    }
}
