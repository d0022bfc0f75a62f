/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import org.agrona.DirectBuffer;

/**
 * Shows where the time of a request was spent, in nanoseconds; {@link #NONE} for a stage that it did not pass on this
 * server. Journal and quorum run in parallel: both count from the proposal.
 *
 * @param totalNs   from the arrival until the reply leaves.
 * @param receiveNs from the arrival to the duty cycle that took it; on a learner, until its transaction comes back.
 * @param answerNs  for a request that was not proposed here, from being taken to its answer. This includes what the
 *                  cycle did before, and its own work, as for a long list.
 * @param prepareNs from being taken until it was proposed.
 * @param journalNs from proposed to durable in this server's journal.
 * @param quorumNs  from proposed to committed.
 * @param applyNs   from committed to applied.
 * @param replyNs   from applied, or answered, until the reply leaves.
 */
public record RequestStamps(long totalNs, long receiveNs, long answerNs, long prepareNs, long journalNs, long quorumNs,
    long applyNs, long replyNs)
{
    /** Stands for a stage that was not passed or is not known. */
    public static final long NONE = -1;

    static RequestStamps of(final long arrivalNs, final DirectBuffer buffer, final int offset)
    {
        final long taken = buffer.getLong(offset + RecordRing.TAKEN);
        final long proposed = buffer.getLong(offset + RecordRing.PROPOSED);
        final long durable = buffer.getLong(offset + RecordRing.DURABLE);
        final long committed = buffer.getLong(offset + RecordRing.COMMITTED);
        final long answered = buffer.getLong(offset + RecordRing.ANSWERED);
        final long left = buffer.getLong(offset + RecordRing.LEFT);
        final long begun = taken == RecordRing.UNKNOWN ? RecordRing.UNKNOWN : Math.max(arrivalNs, taken);

        final boolean isTxn = proposed != RecordRing.UNKNOWN || committed != RecordRing.UNKNOWN;

        return new RequestStamps(left - arrivalNs, between(arrivalNs, begun), isTxn ? NONE : between(begun, answered),
            between(begun, proposed), between(proposed, durable), between(proposed, committed), between(committed,
                answered),
            between(answered, left));
    }

    private static long between(final long from, final long to)
    {
        return from == RecordRing.UNKNOWN || to == RecordRing.UNKNOWN ? NONE : Math.max(0, to - from);
    }
}
