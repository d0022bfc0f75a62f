/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import java.util.stream.LongStream;

/**
 * Limits how much of each kind of work one duty cycle does, so that no cycle gets long however much is asked for at
 * once. The rest waits for the next cycle. Each limit is checked before the next piece of work begins, so the last
 * piece may exceed it.
 *
 * @param txns                transactions applied.
 * @param txnBytes            bytes of transactions applied: a multi can be long.
 * @param requests            frames of clients looked at, taken or not.
 * @param replyBytes          bytes of replies; beyond it, waiting reads and frames stay where they are.
 * @param listedZnodes        znodes visited for listings; beyond it, no other listing is begun.
 * @param expiredSessions     sessions that end because of time alone: very many clients may vanish together.
 * @param forgottenWatches    watches removed for connections that are gone, over all connections.
 * @param resumedConnections  connections told to offer a frame again, besides those that only wait for room.
 * @param snapshotRecords     records of a snapshot while there is other work.
 * @param idleSnapshotRecords records of a snapshot while there is none.
 */
public record CycleLimits(int txns, long txnBytes, int requests, long replyBytes, long listedZnodes,
    int expiredSessions,
    int forgottenWatches, int resumedConnections, int snapshotRecords, int idleSnapshotRecords)
{
    /** The limits that servers use. Tests use others, to exceed a limit with little work. */
    public static final CycleLimits DEFAULT =
        new CycleLimits(1024, 1 << 20, 1024, 1 << 20, 1 << 16, 1024, 10_000, 256, 64, 512);

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException when a limit is less than 1, because that kind of work would never be done.
     */
    public CycleLimits
    {
        if (LongStream.of(txns, txnBytes, requests, replyBytes, listedZnodes, expiredSessions, forgottenWatches,
            resumedConnections, snapshotRecords, idleSnapshotRecords).anyMatch(limit -> limit < 1))
        {
            throw new IllegalArgumentException("a duty cycle must get ahead with each kind of work");
        }
    }
}
