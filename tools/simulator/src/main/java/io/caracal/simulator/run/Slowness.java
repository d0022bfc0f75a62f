/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.concurrent.TimeUnit;

/**
 * What makes a server slow, beside the limits of its duty cycles.
 *
 * @param cycleNs    by how much its duty cycles are longer than those of the others while it has work.
 * @param spellNs    for how long it is slow after it was quick for a while and caught up; 0: for ever.
 * @param ringLength bytes of history that it can keep in memory before it has applied them; 0: as many as the others.
 */
record Slowness(long cycleNs, long spellNs, int ringLength)
{
    /** A server that is as quick as the others. */
    static final Slowness NONE = new Slowness(0, 0, 0);

    private static final long QUICK_NS = TimeUnit.SECONDS.toNanos(3);

    /** By how much a duty cycle is longer than usual that begins at a given true time. */
    long extraNs(final long nowNs)
    {
        return spellNs == 0 || nowNs % (QUICK_NS + spellNs) >= QUICK_NS ? cycleNs : 0;
    }
}
