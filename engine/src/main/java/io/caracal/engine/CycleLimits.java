/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import java.util.stream.LongStream;

/**
 * How much of each kind of work one duty cycle does, so that none gets long however much is asked for at once: the rest
 * waits for the next cycle. Each limit is looked at before the next piece of work is begun, so the last piece may go
 * beyond it.
 *
 * @param txns                transactions applied.
 * @param txnBytes            bytes of transactions applied: a multi can be long.
 * @param requests            frames of clients looked at, taken or not.
 * @param replyBytes          bytes of replies, after which reads wait that waited before, and so do frames.
 * @param listedZnodes        znodes gone through for listings, after which no other listing is begun.
 * @param expiredSessions     ends of sessions that time alone demands: very many clients may go together.
 * @param forgottenWatches    watches of connections that are gone, those of all connections together.
 * @param resumedConnections  connections that are told to offer a frame again, beside those that just want room.
 * @param snapshotRecords     records of a snapshot while there is other work.
 * @param idleSnapshotRecords records of a snapshot while there is none.
 */
public record CycleLimits(int txns, long txnBytes, int requests, long replyBytes, long listedZnodes,
    int expiredSessions,
    int forgottenWatches, int resumedConnections, int snapshotRecords, int idleSnapshotRecords)
{
    /** What servers do. Other limits are for tests, which get to what waits with little work. */
    public static final CycleLimits DEFAULT =
        new CycleLimits(1024, 1 << 20, 1024, 1 << 20, 1 << 16, 1024, 10_000, 256, 64, 512);

    /**
     * Limits.
     *
     * @throws IllegalArgumentException when one of them is less than 1, for that kind of work would never be done.
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
