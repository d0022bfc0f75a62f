/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.zab.codec.AckDecoder;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckNewLeaderDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import io.caracal.engine.zab.codec.LeaderInfoDecoder;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.NewLeaderDecoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.SyncKind;
import io.caracal.engine.zab.codec.UpToDateDecoder;
import io.caracal.simulator.check.LeaderNews;
import io.caracal.simulator.check.WordChecker;
import io.caracal.simulator.disk.SimulatedDisk;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** Reads the messages that one server exchanges with others, and has them checked against its disk. */
final class SpokenWords
{
    private final long serverId;
    private final SimulatedDisk disk;
    private final WordChecker checker;
    private final LeaderNews news;
    private final Clocks clocks;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LearnerInfoDecoder learnerInfo = new LearnerInfoDecoder();
    private final LeaderInfoDecoder leaderInfo = new LeaderInfoDecoder();
    private final AckEpochDecoder ackEpoch = new AckEpochDecoder();
    private final SyncBeginDecoder syncBegin = new SyncBeginDecoder();
    private final NewLeaderDecoder newLeader = new NewLeaderDecoder();
    private final AckNewLeaderDecoder ackNewLeader = new AckNewLeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final HeartbeatAnswerDecoder heartbeatAnswer = new HeartbeatAnswerDecoder();

    /**
     * True time, and how far the server's clock is ahead of it.
     *
     * @param trueNs   returns true time.
     * @param offsetNs of the server's clock, in nanoseconds.
     */
    record Clocks(LongSupplier trueNs, long offsetNs)
    {
    }

    SpokenWords(final long serverId, final SimulatedDisk disk, final Checkers checkers, final Clocks clocks)
    {
        this.serverId = serverId;
        this.disk = disk;
        this.clocks = clocks;
        checker = checkers.words;
        news = checkers.news;
    }

    void onSaid(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case LearnerInfoDecoder.TEMPLATE_ID -> {
                learnerInfo.wrapAndApplyHeader(buffer, offset, header);
                checker.onAttaching(serverId, learnerInfo.conversation(), learnerInfo.votesRaw() != 0);
                news.onAttaching(serverId);
            }
            case LeaderInfoDecoder.TEMPLATE_ID -> checker.onAsking(serverId, leaderInfo.wrapAndApplyHeader(buffer,
                offset, header).epoch(), disk.acceptedEpoch());
            case AckEpochDecoder.TEMPLATE_ID -> checker.onPromised(serverId, ackEpoch.wrapAndApplyHeader(buffer, offset,
                header).epoch(), disk.acceptedEpoch());
            case AckNewLeaderDecoder.TEMPLATE_ID -> checker.onAdopted(serverId, ackNewLeader.wrapAndApplyHeader(buffer,
                offset, header).epoch(), disk.currentEpoch(), disk.durableZxid());
            case AckDecoder.TEMPLATE_ID -> checker.onAcknowledged(serverId, ack.wrapAndApplyHeader(buffer, offset,
                header).zxid(), disk.durableZxid());
            case HeartbeatAnswerDecoder.TEMPLATE_ID -> {
                if (heartbeatAnswer.wrapAndApplyHeader(buffer, offset, header).incarnation() > 0)
                {
                    checker.onServing(serverId, disk.currentEpoch());
                    news.onServing(serverId, clocks.trueNs.getAsLong());
                }
            }
            case UpToDateDecoder.TEMPLATE_ID -> checker.onEstablished(serverId);
            default -> {
                // Says nothing about the sender.
            }
        }
    }

    void onHeard(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case SyncBeginDecoder.TEMPLATE_ID -> {
                syncBegin.wrapAndApplyHeader(buffer, offset, header);

                if (SyncKind.TRUNC.value() == syncBegin.kindRaw())
                {
                    checker.onCutOrdered(serverId, syncBegin.conversation(), syncBegin.zxid());
                }
            }
            case NewLeaderDecoder.TEMPLATE_ID -> {
                newLeader.wrapAndApplyHeader(buffer, offset, header);
                checker.onNewLeader(serverId, newLeader.conversation(), newLeader.lastZxid());
            }
            case HeartbeatDecoder.TEMPLATE_ID -> news.onEcho(serverId, disk.currentEpoch(), heartbeat
                .wrapAndApplyHeader(buffer, offset, header).echo() - clocks.offsetNs);
            default -> {
                // Asks the receiver for nothing.
            }
        }
    }
}
