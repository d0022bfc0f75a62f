/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What an {@link EpochStore} tells the engine. */
public interface EpochHandler
{
    /**
     * The request under way is durable.
     *
     * @param acceptedEpoch  as stored.
     * @param acceptedLeader as stored.
     * @param currentEpoch   as stored.
     */
    void onEpochsDurable(long acceptedEpoch, long acceptedLeader, long currentEpoch);
}
