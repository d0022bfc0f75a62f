/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.session.Session;
import io.caracal.engine.zab.CommitHandler;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import io.caracal.engine.zab.broadcast.LearnerFeed;
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
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * A leader, from its election to the end of its epoch: phases 1 to 3 of ZAB. A server that is alone goes through the
 * same phases with a quorum of one.
 */
final class Leading implements Role, CommitHandler, SuspectSessions.LearnerWatch
{
    /** Transactions that are applied in one duty cycle. */
    private static final int APPLY_MAX = 1024;

    private final Node node;
    private final Learners learners;
    private final LeaderDiscovery discovery;
    private final LeaderSyncs syncs;
    private final LearnerFeed feed;
    private final HeartbeatRounds rounds;
    private final QuorumWatch watch;
    private final SyncBarriers barriers;
    private final Announcement announcement;
    private Phase phase = Phase.DISCOVERY;
    private LeaderBroadcast broadcast;
    private LeaderDesk desk;
    private boolean isStoring;
    private boolean isHandingOver;
    private boolean isTold;
    private long nextHeartbeatNs;
    private long establishedNs;
    private String endReason;

    /** How far the epoch is. */
    private enum Phase
    {
        /** A quorum is to promise the epoch. */
        DISCOVERY,
        /** A quorum is to adopt the history, the own disk included. */
        SYNCHRONIZATION,
        /** The epoch is established and the own tree holds its whole history: requests are taken. */
        BROADCAST
    }

    Leading(final Node node)
    {
        this.node = node;
        learners = new Learners(node.members());
        discovery = new LeaderDiscovery(node.quorum(), node.serverId(), node.epochs().accepted());
        syncs = new LeaderSyncs(node);
        feed = new LearnerFeed(node.log(), node.sender());
        rounds = new HeartbeatRounds(node.quorum(), node.serverId(), node.nowNs());
        watch = new QuorumWatch(node);
        barriers = new SyncBarriers(node, rounds);
        announcement = new Announcement(node, PeerState.LEADING, node.serverId());
    }

    @Override
    public String roleName()
    {
        return "leading";
    }

    @Override
    public boolean isServing()
    {
        return phase == Phase.BROADCAST && endReason == null && !isHandingOver && desk.isReady() && isSureOfItself();
    }

    /** Whether a quorum has answered a heartbeat that was sent not long ago; nobody else can lead before that time. */
    private boolean isSureOfItself()
    {
        return node.isAlone() || node.quorum().voterCount() == 1 ||
            node.nowNs() - rounds.quorumContactNs() <= node.context().ensemble().peerTimeoutNs();
    }

    /** The only server of an ensemble leads for as long as it runs. */
    @Override
    public boolean keepsRequests()
    {
        return !node.isAlone();
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        int work = node.epochs().poll();
        if (endReason != null)
        {
            return work;
        }

        work += switch (phase)
        {
            case DISCOVERY -> discover();
            case SYNCHRONIZATION -> synchronize();
            case BROADCAST -> broadcast(nowNs, nowMs);
        };
        if (!node.isAlone())
        {
            work += talk(nowNs);
            judge();
        }

        return work;
    }

    private int discover()
    {
        final long epoch = discovery.epoch();
        if (epoch == LeaderDiscovery.NOT_CHOSEN)
        {
            return 0;
        }
        if (node.epochs().accepted() != epoch)
        {
            isStoring = isStoring || node.epochs().store(epoch, node.serverId(), node.epochs().current());
            return 0;
        }

        isStoring = false;
        discovery.onPromised(node.serverId());
        if (discovery.isPromised())
        {
            broadcast = new LeaderBroadcast(node.log(), node.serverId(), node.quorum(), epoch);
            phase = Phase.SYNCHRONIZATION;
            beginSyncs();
        }

        return 1;
    }

    private void beginSyncs()
    {
        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && learner.phase == LearnerLink.Phase.SYNCING)
            {
                syncs.begin(learner, discovery.epoch());
            }
        }
    }

    private int synchronize()
    {
        if (!hasAdopted())
        {
            adopt();
            return 0;
        }

        broadcast.onAdopted(node.serverId(), node.log().lastZxid());
        if (!broadcast.isEstablished())
        {
            return 0;
        }

        final int applied = node.log().deliver(APPLY_MAX, this);
        if (!node.log().history().hasNext())
        {
            node.onEstablished();
            desk = new LeaderDesk(node, broadcast, discovery.epoch(), this);
            phase = Phase.BROADCAST;
            establishedNs = node.nowNs();
        }

        return applied + 1;
    }

    /**
     * Whether the own history is durable, and the epoch after it. A leader that proposed without that could lose an
     * election to an older history later, even when a quorum of others has adopted the epoch.
     */
    private boolean hasAdopted()
    {
        return node.epochs().current() == discovery.epoch() && node.epochs().isSettled();
    }

    private void adopt()
    {
        if (!isStoring && node.log().isAllDurable())
        {
            isStoring = node.epochs().store(discovery.epoch(), node.serverId(), discovery.epoch());
        }
    }

    private int broadcast(final long nowNs, final long nowMs)
    {
        int work = isSureOfItself() ? node.log().deliver(APPLY_MAX, this) : 0;
        work += desk.doWork(nowNs, nowMs);
        if (!isTold && desk.isReady())
        {
            isTold = true;
            node.events().onState(roleName(), "established");
        }
        work += node.desk().resend(this) > 0 ? 1 : 0;
        if (isHandingOver || desk.isUsedUp())
        {
            desk.closeForProposals();
            endWhenSettled();
        }

        return work;
    }

    /** Nothing is under way any more: whoever leads next begins with all of it. */
    private void endWhenSettled()
    {
        final boolean isSettled = broadcast.lastProposedZxid() <= node.log().committedZxid() || node.log()
            .lastZxid() < broadcast.lastProposedZxid();
        if (isSettled && !node.log().history().hasNext())
        {
            end(isHandingOver ? "hands over" : "the counter of the epoch is used up");
        }
    }

    private int talk(final long nowNs)
    {
        int work = announcement.doWork();
        if (nowNs >= nextHeartbeatNs || barriers.wantsRound())
        {
            rounds.begin(nowNs);
            nextHeartbeatNs = nowNs + node.context().ensemble().heartbeatNs();
        }
        for (int i = 0; i < learners.size(); i++)
        {
            if (learners.at(i) != null)
            {
                work += talkTo(learners.at(i));
            }
        }
        work += phase == Phase.DISCOVERY ? 0 : syncs.doWork();
        work += barriers.doWork(this::isPresent);

        return work;
    }

    private boolean isPresent(final LearnerLink learner)
    {
        return learners.find(learner.serverId) == learner;
    }

    private int talkTo(final LearnerLink learner)
    {
        int work = 0;
        if (learner.sentRound < rounds.round() && node.sender().heartbeat(learner.serverId, learner.conversation,
            rounds.round(), learner.mark, node.log().committedZxid()))
        {
            learner.sentRound = rounds.round();
            work++;
        }
        if (learner.phase == LearnerLink.Phase.INFORMED && hasEpoch() &&
            node.sender().leaderInfo(learner.serverId, learner.conversation, discovery.epoch()))
        {
            learner.phase = LearnerLink.Phase.ASKED;
            work++;
        }
        if (learner.phase == LearnerLink.Phase.ADOPTED && broadcast.isEstablished() &&
            node.sender().upToDate(learner.serverId, learner.conversation, node.log().committedZxid()))
        {
            onUp(learner);
            work++;
        }

        return work;
    }

    /** Whether the epoch is chosen and promised by this server itself, durably. */
    private boolean hasEpoch()
    {
        return discovery.epoch() != LeaderDiscovery.NOT_CHOSEN && node.epochs().accepted() == discovery.epoch();
    }

    /** A voter whose own history was in doubt has now been given an established one, and counts. */
    private void onUp(final LearnerLink learner)
    {
        learner.phase = LearnerLink.Phase.UP;
        learner.toldCommittedZxid = node.log().committedZxid();
        if (learner.isVoter && !learner.counts)
        {
            learner.counts = true;
            broadcast.onAdopted(learner.serverId, learner.joinedZxid);
        }
    }

    @Override
    public int send()
    {
        int sent = 0;
        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && learner.isLive())
            {
                if (feed.isInReach(learner))
                {
                    sent += feed.feed(learner);
                }
                else
                {
                    drop(learner.serverId);
                }
            }
        }

        return sent;
    }

    private void drop(final long server)
    {
        forget(server);
        node.context().peers().close(server);
    }

    /**
     * A learner that was sent a snapshot and did not come through may have found it damaged: the next one that needs
     * one is to have a new one, of the tree as it is.
     */
    private void forget(final long server)
    {
        final LearnerLink learner = learners.find(server);
        if (learner != null && learner.getsSnapshot && !hasAdopted(learner))
        {
            node.snapshots().demand();
        }
        syncs.end(server);
        learners.remove(server);
        watch.onGone(server);
    }

    private void judge()
    {
        if (endReason == null && !watch.isQuorumLinked())
        {
            end("too few voters are linked");
        }
        if (endReason != null || !node.context().peers().isDrained())
        {
            return;
        }

        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && watch.isSilent(learner))
            {
                drop(learner.serverId);
            }
        }
        if (watch.isQuorumSilent())
        {
            end("a quorum is silent");
        }
    }

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
        forget(server);
    }

    @Override
    public boolean onStatement(final long from, final PeerStatement statement)
    {
        announcement.onStatement(from, statement);

        return true;
    }

    /** A learner may say so more than once before it has an answer; only a new conversation is a new beginning. */
    @Override
    public boolean onLearnerInfo(final long from, final LearnerInfoDecoder message)
    {
        if (learners.find(from, message.conversation()) != null)
        {
            return true;
        }

        final boolean isVoter = node.members().isVoter(from);
        final boolean counts = isVoter && message.votesRaw() != 0;
        syncs.end(from);
        final LearnerLink learner = new LearnerLink(from, message.conversation(), isVoter, node.watchNs());
        learner.counts = counts;
        learner.lastZxid = message.lastZxid();
        learners.put(learner);
        watch.onHeard(learner);
        if (counts && discovery.epoch() != LeaderDiscovery.NOT_CHOSEN &&
            hasPromisedAnother(message.acceptedEpoch(), message.acceptedLeader()))
        {
            end("a voter has promised a later epoch");
        }
        else if (counts)
        {
            discovery.onAccepted(from, message.acceptedEpoch());
        }

        return true;
    }

    private boolean hasPromisedAnother(final long acceptedEpoch, final long acceptedLeader)
    {
        return acceptedEpoch > discovery.epoch() ||
            (acceptedEpoch == discovery.epoch() && acceptedLeader != node.serverId());
    }

    @Override
    public boolean onAckEpoch(final long from, final AckEpochDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner == null || learner.phase != LearnerLink.Phase.ASKED || message.epoch() != discovery.epoch())
        {
            return true;
        }

        final Vote own = new Vote(node.serverId(), node.epochs().current(), node.log().lastZxid());
        if (learner.counts && phase == Phase.DISCOVERY && own.isBehind(message.currentEpoch(), message.lastZxid()))
        {
            end("a voter knows more");
            return true;
        }

        learner.lastZxid = message.lastZxid();
        learner.phase = LearnerLink.Phase.SYNCING;
        if (learner.counts)
        {
            discovery.onPromised(from);
        }
        if (phase != Phase.DISCOVERY)
        {
            syncs.begin(learner, discovery.epoch());
        }

        return true;
    }

    private LearnerLink heard(final long from, final long conversation)
    {
        final LearnerLink learner = learners.find(from, conversation);
        if (learner != null)
        {
            watch.onHeard(learner);
        }

        return learner;
    }

    @Override
    public boolean onAckNewLeader(final long from, final AckNewLeaderDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner != null && learner.phase == LearnerLink.Phase.ADOPTING && message.epoch() == discovery.epoch())
        {
            learner.phase = LearnerLink.Phase.ADOPTED;
            if (learner.counts)
            {
                broadcast.onAdopted(from, learner.joinedZxid);
            }
        }

        return true;
    }

    @Override
    public boolean onAck(final long from, final AckDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner != null && hasAdopted(learner) && learner.counts)
        {
            broadcast.onAck(from, message.zxid());
        }

        return true;
    }

    private static boolean hasAdopted(final LearnerLink learner)
    {
        return learner.phase == LearnerLink.Phase.ADOPTED || learner.phase == LearnerLink.Phase.UP;
    }

    @Override
    public boolean onHeartbeatAnswer(final long from, final HeartbeatAnswerDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner != null)
        {
            learner.mark = message.mark();
            learner.answeredRound = Math.max(learner.answeredRound, message.round());
            if (learner.counts)
            {
                rounds.onAnswer(from, message.round());
            }
        }

        return true;
    }

    @Override
    public boolean onTouches(final long from, final TouchesDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner != null && phase == Phase.BROADCAST)
        {
            for (final TouchesDecoder.SessionsDecoder each : message.sessions())
            {
                final Session session = node.replica().sessions().find(each.sessionId());
                if (session != null && session.preparedOwner() == from)
                {
                    session.touchTimeoutMs(each.timeoutMs());
                    desk.touch(session);
                }
            }
        }

        return true;
    }

    @Override
    public boolean onLeave(final long from, final LeaveDecoder message)
    {
        if (learners.find(from, message.conversation()) != null)
        {
            forget(from);
        }

        return true;
    }

    /** A request waits while too much is under way; what comes from an earlier conversation never will be prepared. */
    @Override
    public boolean onRequest(final long from, final RequestDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());
        if (learner == null || learner.phase != LearnerLink.Phase.UP)
        {
            return true;
        }
        if (phase != Phase.BROADCAST)
        {
            return false;
        }

        final int result = desk.onForwarded(from, message);

        return result == PROPOSED || (result != REFUSED &&
            node.sender().requestFailed(from, message.conversation(), message.sequence(), result));
    }

    @Override
    public boolean onSyncRequest(final long from, final SyncRequestDecoder message)
    {
        final LearnerLink learner = heard(from, message.conversation());

        return learner == null || learner.phase != LearnerLink.Phase.UP || barriers.ask(learner, message.syncId());
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        return phase == Phase.BROADCAST ? desk.submit(connection.session(), connection.identities(),
            connection.identityLimit(), connection.attachNumber(), opCode, buffer, offset, length, sequence,
            arrivalNs) : REFUSED;
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return phase == Phase.BROADCAST ?
            desk.createSession(timeoutMs, node.serverId(), node.incarnation(), sequence, arrivalNs) : REFUSED;
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return phase == Phase.BROADCAST ?
            desk.moveSession(session, node.serverId(), node.incarnation(), sequence, arrivalNs) : REFUSED;
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return phase == Phase.BROADCAST ?
            desk.closeSession(session, session.attachNumber(), node.serverId(), node.incarnation(), sequence,
                arrivalNs) : REFUSED;
    }

    /** Where nobody else could lead, nobody can have been told of anything that is not applied here. */
    @Override
    public int sync(final long syncId)
    {
        if (node.isAlone())
        {
            node.desk().onSynced(syncId, node.replica().lastAppliedZxid());
            return PROPOSED;
        }

        return barriers.ask(null, syncId) ? PROPOSED : REFUSED;
    }

    @Override
    public void touch(final Session session)
    {
        if (desk != null)
        {
            desk.touch(session);
        }
    }

    @Override
    public void onDurable(final long zxid)
    {
        node.events().onStage(TxnStage.DURABLE, zxid);
        if (broadcast != null)
        {
            broadcast.onDurable(zxid);
        }
    }

    @Override
    public void onCommit(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        node.events().onStage(TxnStage.COMMITTED, zxid);
        node.events().onCount(Count.COMMITS, 1);
        final Outcome outcome = node.apply(zxid, payload, offset, length);
        if (desk != null)
        {
            desk.onApplied(outcome);
        }
        node.onApplied(outcome);
        node.events().onStage(TxnStage.APPLIED, zxid);
    }

    @Override
    public boolean isSettled(final long server, final long round, final long goneNs)
    {
        final LearnerLink learner = learners.find(server);

        return learner == null ? watch.goneNs(server) >= goneNs : learner.answeredRound >= round;
    }

    @Override
    public long nextRound()
    {
        return rounds.round() + 1;
    }

    @Override
    public void handOver()
    {
        isHandingOver = true;
        if (phase != Phase.BROADCAST)
        {
            end("hands over");
        }
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        if (node.log().hasCommitted() && isSureOfItself())
        {
            return nowNs;
        }

        final long deskNs = desk == null ? Long.MAX_VALUE : desk.nextDeadlineNs(nowNs);

        return node.isAlone() ? deskNs : Math.min(deskNs, nextHeartbeatNs);
    }

    @Override
    public Role next()
    {
        return endReason == null || !node.epochs().isSettled() ? this : new Looking(node);
    }

    @Override
    public String reason()
    {
        return endReason;
    }

    /** How long a session still has, for people who ask. */
    long expiresInMs(final Session session)
    {
        return desk == null ? 0 : desk.expiresInMs(session);
    }

    /** Tells of the learners, for people who ask. */
    void describe(final ServerStatusEncoder status)
    {
        status.leadingForMs(TimeUnit.NANOSECONDS.toMillis(node.nowNs() - establishedNs))
            .learners(learners.count(learner -> true))
            .syncedFollowers(learners.count(learner -> learner.phase == LearnerLink.Phase.UP && learner.isVoter))
            .syncedObservers(learners.count(learner -> learner.phase == LearnerLink.Phase.UP && !learner.isVoter));
    }

    /** Whether the epoch is established. */
    boolean isEstablished()
    {
        return phase == Phase.BROADCAST;
    }

    @Override
    public void close()
    {
        for (int i = 0; i < learners.size(); i++)
        {
            if (learners.at(i) != null)
            {
                final LearnerLink learner = learners.at(i);
                if (!node.sender().leave(learner.serverId, learner.conversation))
                {
                    node.context().peers().close(learner.serverId);
                }
            }
        }
        syncs.close();
        if (desk != null)
        {
            desk.close();
        }
    }
}
