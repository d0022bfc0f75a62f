/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.session.Session;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import io.caracal.engine.zab.codec.AckDecoder;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckNewLeaderDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.codec.LeaveDecoder;
import io.caracal.engine.zab.codec.PeerState;
import io.caracal.engine.zab.codec.RequestDecoder;
import io.caracal.engine.zab.codec.SyncRequestDecoder;
import io.caracal.engine.zab.codec.TouchesDecoder;
import io.caracal.engine.zab.discovery.LeaderDiscovery;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The role of a leader, from its election to the end of its epoch: phases 1 to 3 of ZAB. A server that is alone goes
 * through the same phases with a quorum of one.
 */
final class Leading implements Role
{
    private final Node node;
    private final LeaderDiscovery discovery;
    private final LearnerDesk learners;
    private final SyncBarriers barriers;
    private final Announcement announcement;
    private final Establishment establishment;
    private final StandstillNews news;
    private final AgreedTimeouts agreedTimeouts = new AgreedTimeouts();
    private final HandOver handOver;
    private final LeaderIntake intake;
    private LeaderBroadcast broadcast;
    private LeaderDesk desk;
    private boolean isTold;
    private long establishedNs;
    private String endReason;

    Leading(final Node node)
    {
        this.node = node;
        discovery = new LeaderDiscovery(node.quorum(), node.serverId(), Math.max(node.epochs().accepted(),
            node.heardPromises().highest()));
        learners = new LearnerDesk(node, discovery);
        barriers = new SyncBarriers(node, learners);
        establishment = new Establishment(node, discovery, learners);
        news = new StandstillNews(node);
        announcement = new Announcement(node, PeerState.LEADING, node.serverId(), true);
        handOver = new HandOver(node.log());
        intake = new LeaderIntake(node, barriers, this::isServing);
    }

    @Override
    public String roleName()
    {
        return "leading";
    }

    @Override
    public boolean isServing()
    {
        return desk != null && endReason == null && !handOver.isUnderWay() && node.hasSecret() && isSureOfItself();
    }

    @Override
    public WriteIntake intake()
    {
        return intake;
    }

    /**
     * Whether a quorum has answered a heartbeat that was sent within the last time-out. While that is so, no other
     * server can have begun to lead, because a quorum would have had to leave this one first.
     */
    private boolean isSureOfItself()
    {
        return node.isAlone() || node.quorum().voterCount() == 1 ||
            node.nowNs() - learners.rounds().quorumContactNs() <= node.times().timeoutNs();
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        int work = node.epochs().poll();
        if (endReason != null)
        {
            return work;
        }

        work += barriers.doWork();
        work += desk == null ? establish() : broadcast(nowNs, nowMs);
        if (!node.isAlone())
        {
            work += announcement.doWork();
            work += learners.talk(nowNs, barriers.wantsRound(), isSureOfItself());
            // If nobody else votes, a round is answered as it begins, and no message would wake this server for it.
            work += barriers.doWork();
            end(learners.judge());
            judgeItself();
        }

        return work;
    }

    /**
     * Ends an epoch that makes no progress, and hands over when the disk does not keep up and the others can do without
     * it.
     */
    private void judgeItself()
    {
        if (desk == null)
        {
            final boolean isStuck = learners.isEstablishmentStuck(establishment.height());
            end(isStuck ? "no quorum got ahead with this epoch for initLimit ticks" : null);
            if (isUpToAQuorum())
            {
                news.tell(this);
            }
        }
        else if (!handOver.isUnderWay() && !node.disk().isFit() && learners.canDoWithoutLeader())
        {
            handOver.begin(node.disk().problem());
        }
    }

    /**
     * Works towards the established epoch. Requests are taken once it is established and this server's tree holds
     * everything that its history began with.
     */
    private int establish()
    {
        final int work = establishment.doWork();
        broadcast = establishment.broadcast();
        end(establishment.problem());
        if (!establishment.isEstablished())
        {
            return work;
        }

        final int applied = apply(null);
        if (node.log().history().hasNext())
        {
            return applied;
        }

        node.onEstablished();
        agreedTimeouts.applyTo(node.replica().sessions());
        desk = new LeaderDesk(node, broadcast, discovery.epoch(), learners);
        intake.begin(desk);
        establishedNs = node.nowNs();

        return applied + 1;
    }

    /**
     * Applies what is committed if this server is sure that it still leads, because applying answers clients. After a
     * standstill it is not sure, not even in the middle of its history: another leader may have ended the sessions of
     * those clients.
     */
    private int apply(final Applying.Proposed proposed)
    {
        return isSureOfItself() ? node.applying().doWork(proposed) : 0;
    }

    private int broadcast(final long nowNs, final long nowMs)
    {
        int work = apply(desk);
        work += desk.doWork(nowNs, nowMs);
        if (!isTold && node.hasSecret())
        {
            isTold = true;
            node.events().onLeader(node.serverId(), discovery.epoch());
            node.events().onState(roleName(), "established");
        }
        work += node.desk().resend(intake);
        if (!handOver.isUnderWay() && desk.wantsLaterEpoch())
        {
            handOver.begin("a restore needs a later epoch");
        }
        if (handOver.isUnderWay() || desk.isUsedUp())
        {
            desk.closeForProposals();
            endWhenSettled();
        }

        return work;
    }

    /** Ends the role once nothing is under way, so that the next leader begins with everything that was proposed. */
    private void endWhenSettled()
    {
        if (handOver.isSettled(broadcast.lastProposedZxid()))
        {
            end(handOver.isUnderWay() ? handOver.reason() : "the counter of the epoch is used up");
        }
    }

    @Override
    public int send()
    {
        return learners.feed();
    }

    /** Notes why the role ends. The first reason counts; null means none. */
    private void end(final String reason)
    {
        endReason = endReason == null ? reason : endReason;
    }

    @Override
    public void onLinkUp(final long server)
    {
        announcement.onLinkUp(server);
    }

    @Override
    public void onLinkDown(final long server, final LinkEnd linkEnd)
    {
        learners.forget(server);
    }

    @Override
    public boolean onStatement(final long from, final PeerStatement statement)
    {
        announcement.onStatement(from, statement);

        return true;
    }

    @Override
    public boolean onLearnerInfo(final long from, final LearnerInfoDecoder message)
    {
        end(learners.onLearnerInfo(from, message));

        return true;
    }

    @Override
    public boolean onAckEpoch(final long from, final AckEpochDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner != null)
        {
            end(learners.onAckEpoch(learner, message));
        }

        return true;
    }

    @Override
    public boolean onAckNewLeader(final long from, final AckNewLeaderDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner != null)
        {
            learners.onAckNewLeader(learner, message);
        }

        return true;
    }

    @Override
    public boolean onAck(final long from, final AckDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner != null)
        {
            learners.onAck(learner, message.zxid());
        }

        return true;
    }

    @Override
    public boolean onHeartbeatAnswer(final long from, final HeartbeatAnswerDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner != null)
        {
            learners.onHeartbeatAnswer(learner, message);
        }

        return true;
    }

    @Override
    public boolean onTouches(final long from, final TouchesDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner != null)
        {
            for (final TouchesDecoder.SessionsDecoder each : message.sessions())
            {
                touch(from, each.sessionId(), each.timeoutMs());
            }
        }

        return true;
    }

    /**
     * Notes that a learner heard a client. Until this server's own tree has its whole history, sessions do not expire,
     * and some are not known yet.
     */
    private void touch(final long from, final long sessionId, final int timeoutMs)
    {
        if (desk == null)
        {
            agreedTimeouts.add(sessionId, timeoutMs);
            return;
        }

        final Session session = node.replica().sessions().find(sessionId);
        if (session != null && session.preparedOwner() == from)
        {
            session.touchTimeoutMs(timeoutMs);
            desk.touch(session);
        }
        else if (session != null)
        {
            desk.touchElsewhere(session);
        }
    }

    @Override
    public boolean onLeave(final long from, final LeaveDecoder message)
    {
        if (learners.heard(from, message.conversation()) != null)
        {
            learners.forget(from);
        }

        return true;
    }

    /**
     * Takes a forwarded request. It waits while too much is under way, and is ignored if it belongs to an earlier
     * conversation.
     */
    @Override
    public boolean onRequest(final long from, final RequestDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());
        if (learner == null || learner.phase != LearnerLink.Phase.UP)
        {
            return true;
        }
        if (desk == null)
        {
            return false;
        }

        final int result = desk.onForwarded(from, message);
        if (result == LeaderDesk.OUT_OF_TURN)
        {
            learners.drop(from, "a learner sends a request again or out of its turn, it begins anew");
            return true;
        }

        return result == WriteIntake.PROPOSED || (result != WriteIntake.REFUSED &&
            node.sender().requestFailed(from, message.conversation(), message.sequence(), result));
    }

    @Override
    public boolean onSyncRequest(final long from, final SyncRequestDecoder message)
    {
        final LearnerLink learner = learners.heard(from, message.conversation());

        return learner == null || learner.phase != LearnerLink.Phase.UP || barriers.ask(learner, message.syncId());
    }

    @Override
    public int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return desk != null ? desk.orderRestore(buffer, offset, length) : WriteIntake.REFUSED;
    }

    @Override
    public void onDurable(final long zxid)
    {
        node.events().onStage(TxnStage.DURABLE, zxid);
        if (broadcast != null)
        {
            broadcast.onDurable(zxid);
            node.events().onAcked(node.serverId(), zxid);
        }
    }

    @Override
    public void handOver()
    {
        handOver.begin("hands over");
        if (desk == null)
        {
            end(handOver.reason());
        }
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        if (establishment.isEstablished() && node.applying().hasWork() && isSureOfItself())
        {
            return nowNs;
        }

        final long deskNs = desk == null ? Long.MAX_VALUE : desk.nextDeadlineNs(nowNs);

        return node.isAlone() ? deskNs : Math.min(deskNs, learners.nextDeadlineNs());
    }

    @Override
    public Role next()
    {
        return endReason == null ? this : new Looking(node);
    }

    @Override
    public String reason()
    {
        return endReason;
    }

    /** How long a session still has, in milliseconds, for operators. */
    long expiresInMs(final Session session)
    {
        return desk == null ? 0 : desk.expiresInMs(session);
    }

    /** Describes the learners in sum, for operators. */
    void describe(final ServerStatusEncoder status)
    {
        status.leadingForMs(TimeUnit.NANOSECONDS.toMillis(node.nowNs() - establishedNs));
        status.pendingSyncs(barriers.openCount());
        learners.report().describe(status);
    }

    @Override
    public Standstill standstill()
    {
        return isUpToAQuorum() ?
            new Standstill(Obstacle.NOT_ADOPTED, learners.awaited(establishment.isUpToOthers())) : NO_STANDSTILL;
    }

    /** Whether a quorum stands in the way. A server that is alone, or that still applies what it has, is itself. */
    private boolean isUpToAQuorum()
    {
        return !isEstablished() && !node.isAlone();
    }

    @Override
    public boolean lacksRoom()
    {
        return isEstablished() && learners.lacksRoom();
    }

    /** Describes the learners one by one, for operators. */
    OperatorAnswer describeLearners()
    {
        return learners.report().describeEach(broadcast::lastProposedZxid);
    }

    /** Whether the epoch is established. */
    boolean isEstablished()
    {
        return desk != null;
    }

    @Override
    public void close()
    {
        learners.close();
        if (desk != null)
        {
            desk.close();
        }
    }
}
