/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The door to the two epochs of ZAB, which must be durable before they are promised or established. Storing is
 * asynchronous, one request at a time.
 */
public interface EpochStore
{
    /**
     * The highest epoch ever promised to a leader.
     *
     * @return the durable value, 0 on an empty disk.
     */
    long acceptedEpoch();

    /**
     * Server id of the leader that the accepted epoch was promised to.
     *
     * @return the durable value, 0 on an empty disk.
     */
    long acceptedLeader();

    /**
     * The epoch of the last leader whose history was adopted.
     *
     * @return the durable value, 0 on an empty disk.
     */
    long currentEpoch();

    /**
     * Begins to store both epochs; {@link EpochHandler#onEpochsDurable} reports that they are durable.
     *
     * @param acceptedEpoch  at least {@link #acceptedEpoch()}.
     * @param acceptedLeader server id of the leader it is promised to.
     * @param currentEpoch   at least {@link #currentEpoch()}, at most {@code acceptedEpoch}.
     * @return false when an earlier request is still under way.
     */
    boolean store(long acceptedEpoch, long acceptedLeader, long currentEpoch);

    /**
     * Reports the end of a request.
     *
     * @param handler receives the report.
     * @return amount of work done, 0 when there was none.
     */
    int poll(EpochHandler handler);
}
