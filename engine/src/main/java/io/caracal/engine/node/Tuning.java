/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.TuningOrderDecoder;
import io.caracal.engine.operator.codec.TuningOrderEncoder;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Settings that an operator can change while a server runs. They reach the engine as the details of a query, so that
 * they take effect between two duty cycles and are an input like any other.
 *
 * @param clients      limits, of which the longest session time-out, requests under way and large requests can change.
 * @param throttle     of new connections.
 * @param snapshots    when snapshots are due, and their pace.
 * @param reaper       of containers and TTL znodes.
 * @param treeBytesMax native memory that znodes may take, in bytes; 0 is no limit.
 */
public record Tuning(ClientLimits clients, ThrottleSettings throttle, SnapshotSettings snapshots,
    ReaperSettings reaper, long treeBytesMax)
{
    private static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + TuningOrderEncoder.BLOCK_LENGTH;

    /**
     * Writes the settings as the details of the query TUNE.
     *
     * @param buffer receives them from offset 0.
     * @return their length in bytes.
     */
    public int encode(final MutableDirectBuffer buffer)
    {
        new TuningOrderEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionTimeoutMaxMs(clients.sessionTimeoutMaxMs()).outstandingMax(clients.outstandingMax())
            .largeRequestThreshold(clients.largeRequestThreshold())
            .largeRequestMaxBytes(clients.largeRequestMaxBytes())
            .throttleTokens(throttle.tokens()).throttleFillTimeMs(throttle.fillTimeMs())
            .throttleFillCount(throttle.fillCount()).throttleFreezeTimeMs(throttle.freezeTimeMs())
            .throttleDropIncrease(throttle.dropIncrease()).throttleDropDecrease(throttle.dropDecrease())
            .throttleDecreaseRatio(throttle.decreaseRatio())
            .throttleWeights(throttle.weightEnabled() ? BooleanType.T : BooleanType.F)
            .throttleWeightGlobal(throttle.globalSessionWeight())
            .throttleWeightRenew(throttle.renewSessionWeight())
            .throttleWeightLocal(throttle.localSessionWeight())
            .snapshotTxnCount(snapshots.txnCount()).snapshotSizeLimit(snapshots.sizeLimitBytes())
            .snapshotBytesPerSecond(snapshots.bytesPerSecond())
            .containerIntervalMs(reaper.checkIntervalMs()).containersPerMinute(reaper.perMinuteMax())
            .containerNeverUsedMs(reaper.neverUsedMs()).treeBytesMax(treeBytesMax);

        return LENGTH;
    }

    /**
     * Reads the settings that an operator ordered. Returns null when the details are too short for an order. Limits
     * that cannot change while a server runs are taken from the present ones.
     */
    static Tuning decode(final DirectBuffer details, final ClientLimits present)
    {
        if (details.capacity() < LENGTH)
        {
            return null;
        }

        final TuningOrderDecoder order = new TuningOrderDecoder().wrapAndApplyHeader(details, 0,
            new MessageHeaderDecoder());
        final ClientLimits limits = new ClientLimits(present.sessionTimeoutMinMs(), order.sessionTimeoutMaxMs(),
            order.outstandingMax(), present.connectionRequestsMax(), order.largeRequestThreshold(),
            order.largeRequestMaxBytes(),
            present.watchesMax(), present.elementLengthMax());
        final ThrottleSettings throttle = new ThrottleSettings(order.throttleTokens(), order.throttleFillTimeMs(),
            order.throttleFillCount(), order.throttleFreezeTimeMs(), order.throttleDropIncrease(),
            order.throttleDropDecrease(),
            order.throttleDecreaseRatio(), order.throttleWeights() == BooleanType.T, order.throttleWeightGlobal(),
            order.throttleWeightRenew(),
            order.throttleWeightLocal());

        return new Tuning(limits, throttle,
            new SnapshotSettings(order.snapshotTxnCount(), order.snapshotSizeLimit(), order.snapshotBytesPerSecond()),
            new ReaperSettings(order.containerIntervalMs(), order.containersPerMinute(),
                order.containerNeverUsedMs()),
            order.treeBytesMax());
    }
}
