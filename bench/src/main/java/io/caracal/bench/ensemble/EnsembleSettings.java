/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

/**
 * Parameters of a comparison of ensembles.
 *
 * @param size       servers of each ensemble.
 * @param forceSync  whether writes are durable before they are acknowledged.
 * @param rounds     turns of each ensemble, for rates and latencies.
 * @param changes    of leader by each kind of trouble.
 * @param warmUpMs   milliseconds of load before each sample, which are not measured.
 * @param durationMs milliseconds of each sample of a load.
 * @param silenceMs  milliseconds without a reply after which the session at the leader in trouble goes to the next
 *                   server.
 * @param missed     transactions that a follower misses before it catches up.
 * @param sessions   of each crowd.
 * @param isApart    whether each server has a network name space of its own, behind a bridge.
 */
record EnsembleSettings(int size, boolean forceSync, int rounds, int changes, long warmUpMs, long durationMs,
    long silenceMs, long missed, int sessions, boolean isApart)
{
    /** Returns the prefix of a shape's name in figures. It keeps results of unlike ensembles under different names. */
    String prefix()
    {
        return "ensemble" + size + "-" + (forceSync ? "" : "unforced-") + (isApart ? "apart-" : "");
    }

    long warmUpMs(final int round)
    {
        return round == 1 ? 3 * warmUpMs : warmUpMs;
    }

    @Override
    public String toString()
    {
        return "ensembles: size=" + size + " rounds=" + rounds + " changes of leader=" + changes + " warm-up=" +
            warmUpMs + "ms duration=" + durationMs + "ms silence=" + silenceMs + "ms missed=" + missed + " sessions=" +
            sessions + " forceSync=" + (forceSync ? "yes" : "no") + " tickTime=2000 initLimit=10 syncLimit=5" +
            (isApart ? ", each server in a network name space behind a bridge" : ", all on 127.0.0.1");
    }
}
