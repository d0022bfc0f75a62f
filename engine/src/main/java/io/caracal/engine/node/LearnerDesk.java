/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import io.caracal.engine.zab.broadcast.LearnerFeed;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckNewLeaderDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.discovery.LeaderDiscovery;

/**
 * Serves the learners of a leader from the moment they attach. It asks each for its promise, has it synchronized, tells
 * it that the epoch is established, and sends it proposals and commits. It gives up learners that are silent or stuck.
 * {@link Leading} decides what becomes of the epoch: when a learner shows that this server must not lead, methods
 * return the reason.
 */
final class LearnerDesk
{
    /** Sent with a heartbeat in place of the learner's mark while this leader is not sure that it still leads. */
    private static final long NO_ECHO = 0;

    private final Node node;
    private final LeaderDiscovery discovery;
    private final LearnerPromises promises;
    private final Learners learners;
    private final LeaderSyncs syncs;
    private final LearnerFeed feed;
    private final HeartbeatRounds rounds;
    private final QuorumWatch watch;
    private final VoterMemory memory;
    private final QuorumDisks disks;
    private final SessionHolders holders;
    private final LearnerHeadways headways;
    private final LearnersReport report;
    private LeaderBroadcast broadcast;
    private long nextHeartbeatNs;

    LearnerDesk(final Node node, final LeaderDiscovery discovery)
    {
        this.node = node;
        this.discovery = discovery;
        promises = new LearnerPromises(node, discovery);
        learners = new Learners(node.members());
        syncs = new LeaderSyncs(node);
        feed = new LearnerFeed(node.log(), node.sender(), node.events());
        rounds = new HeartbeatRounds(node.quorum(), node.serverId(), node.nowNs());
        watch = new QuorumWatch(node);
        memory = new VoterMemory(node.members(), node.treeRoom());
        disks = new QuorumDisks(node.members(), learners, node.disk(), node.events(), node.serverId());
        holders = new SessionHolders(node.links(), learners, rounds, node::watchNs, node.times().timeoutNs());
        headways = new LearnerHeadways(learners, node.members().voterCount(), syncs::sentCount,
            node.times().initLimitNs(), node.watchNs());
        report = new LearnersReport(node, learners, syncs::sentCount);
    }

    HeartbeatRounds rounds()
    {
        return rounds;
    }

    /** A quorum has promised the epoch. Learners that have promised it are synchronized from now on. */
    void onPromised(final LeaderBroadcast newBroadcast)
    {
        broadcast = newBroadcast;
        holders.onPromised();
        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && learner.phase == LearnerLink.Phase.SYNCING)
            {
                syncs.begin(learner, discovery.epoch());
            }
        }
    }

    private boolean isPromised()
    {
        return broadcast != null;
    }

    /** What this leader knows of the servers that hold sessions. */
    SessionHolders holders()
    {
        return holders;
    }

    /**
     * Sends heartbeats, and to each learner the next message on its way into the epoch.
     *
     * @param nowNs      monotonic time.
     * @param wantsRound whether a sync waits for an answer of a quorum, so that a round of heartbeats begins early.
     * @param isSure     whether this leader has recently heard from a quorum. Only then may learners answer clients on
     *                   its word: learners that are up when their mark comes back, attaching learners when they are
     *                   told that they are up to date.
     * @return work done.
     */
    int talk(final long nowNs, final boolean wantsRound, final boolean isSure)
    {
        final boolean isAwaited = wantsRound || (!isPromised() && discovery.wantsRound(rounds.round()));
        if (nowNs >= nextHeartbeatNs || (isAwaited && rounds.mayBeginEarly()))
        {
            rounds.begin(nowNs);
            nextHeartbeatNs = nowNs + node.times().heartbeatNs();
        }

        int work = 0;
        for (int i = 0; i < learners.size(); i++)
        {
            if (learners.at(i) != null)
            {
                work += talkTo(learners.at(i), isSure);
            }
        }

        return work + (isPromised() ? syncs.doWork() : 0);
    }

    private int talkTo(final LearnerLink learner, final boolean isSure)
    {
        final long echo = isSure ? learner.mark : NO_ECHO;
        int work = 0;
        if (learner.sentRound < rounds.round() && node.sender().heartbeat(learner.serverId, learner.conversation,
            rounds.round(), echo, node.log().committedZxid(), isSpared(learner), lacksRoom()))
        {
            learner.sentRound = rounds.round();
            work++;
        }
        if (learner.phase == LearnerLink.Phase.INFORMED && promises.hasEpoch() &&
            node.sender().leaderInfo(learner.serverId, learner.conversation, discovery.epoch()))
        {
            learner.phase = LearnerLink.Phase.ASKED;
            work++;
        }
        if (learner.phase == LearnerLink.Phase.ADOPTED && isSure && isLedBy(learner) &&
            node.sender().upToDate(learner.serverId, learner.conversation, node.log().committedZxid()))
        {
            onUp(learner);
            work++;
        }

        return work;
    }

    /** Whether the voters whose disks keep up form a quorum even without this learner. */
    private boolean isSpared(final LearnerLink learner)
    {
        return !learner.isVoter || disks.isQuorumFitWithout(learner.serverId);
    }

    /** Whether the other voters whose disks keep up form a quorum without this server. */
    boolean canDoWithoutLeader()
    {
        return disks.isQuorumFitWithout(node.serverId());
    }

    /** Whether so many disks are full that no quorum has room for writes. */
    boolean lacksRoom()
    {
        return node.isAlone() ? !node.disk().hasRoom() : disks.lacksRoom();
    }

    /**
     * Whether the epoch that a learner is joining is established, so that the learner can be told. A voter that may
     * have lost its disk needs more. It may have promised a later epoch before and cannot know that any more. In that
     * case some quorum has promised that epoch and no longer answers this leader. So such a voter waits until a quorum
     * has answered a round of heartbeats that was sent after it attached.
     */
    private boolean isLedBy(final LearnerLink learner)
    {
        final boolean remembers = learner.counts || !learner.isVoter;

        return broadcast.isEstablished() && (remembers || rounds.quorumRound() > learner.attachedRound);
    }

    private void onUp(final LearnerLink learner)
    {
        learner.phase = LearnerLink.Phase.UP;
        learner.toldCommittedZxid = node.log().committedZxid();
    }

    /**
     * Lets a voter whose history was in doubt count once it serves. It then has an established history and has adopted
     * the epoch durably.
     */
    private void countIfServing(final LearnerLink learner)
    {
        if (learner.isVoter && !learner.counts && learner.phase == LearnerLink.Phase.UP && learner.incarnation != 0)
        {
            learner.counts = true;
            broadcast.onAdopted(learner.serverId, Math.max(learner.joinedZxid, learner.ackedZxid));
        }
    }

    /** A learner has made everything up to a zxid durable. This counts now, or as soon as the learner itself counts. */
    void onAck(final LearnerLink learner, final long zxid)
    {
        if (learner.hasAdopted())
        {
            learner.ackedZxid = Math.max(learner.ackedZxid, zxid);
            if (learner.counts)
            {
                broadcast.onAck(learner.serverId, zxid);
                node.events().onAcked(learner.serverId, zxid);
            }
        }
    }

    /** Sends learners the proposals and commits that they have not been sent yet. */
    int feed()
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
                    drop(learner.serverId, "a learner is too slow for what is proposed and begins anew");
                }
            }
        }

        return sent;
    }

    void drop(final long server, final String why)
    {
        node.events().onNotice(why, server);
        forget(server);
        node.context().peers().close(server);
    }

    /**
     * A learner is gone. If it was being sent a snapshot, it may have found the snapshot damaged. So a new one is made
     * of the present tree, for the next learner that needs one.
     */
    void forget(final long server)
    {
        final LearnerLink learner = learners.find(server);
        if (learner != null && learner.getsSnapshot && !learner.hasAdopted())
        {
            node.snapshots().demand();
        }
        if (learner != null)
        {
            holders.onGone(learner);
        }
        discovery.onGone(server);
        syncs.end(server);
        learners.remove(server);
    }

    /**
     * Gives up learners that are silent or stuck. Returns why this server cannot lead any more, or null when it can.
     */
    String judge()
    {
        disks.judgeRoom();
        if (!watch.isQuorumLinked())
        {
            return "too few voters are linked";
        }
        if (!node.context().peers().isDrained())
        {
            return null;
        }

        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && watch.isSilent(learner))
            {
                node.patience().onGivenUp(learner.serverId, node.watchNs());
                drop(learner.serverId, "a learner is silent and given up");
            }
            else if (learner != null && isStuck(i, learner))
            {
                drop(learner.serverId, "a learner's synchronization stands still for initLimit ticks, it begins anew");
            }
        }

        return watch.isQuorumSilent() ? "a quorum is silent" : null;
    }

    /**
     * Whether a learner lives but makes no progress with its synchronization. It is not to blame while this server has
     * to take the next step: make the snapshot that the learner needs, or have the epoch promised and established.
     */
    private boolean isStuck(final int index, final LearnerLink learner)
    {
        final boolean isOwnTurn = !isPromised() || syncs.isPreparing(learner.serverId) || learner.hasAdopted();

        return !isOwnTurn && headways.isStuck(index, node.watchNs());
    }

    /**
     * An example of a voter that the epoch waits for: best one that is attached, then this server itself, and only then
     * a missing one, which is easily noticed.
     *
     * @param isUpToOthers whether this server itself has taken its step.
     */
    long awaited(final boolean isUpToOthers)
    {
        long missing = node.serverId();
        for (int i = node.members().voterCount() - 1; i >= 0; i--)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && !learner.hasAdopted())
            {
                return learner.serverId;
            }
            if (learner == null && isUpToOthers && node.members().serverId(i) != node.serverId())
            {
                missing = node.members().serverId(i);
            }
        }

        return missing;
    }

    /** See {@link LearnerHeadways#isEstablishmentStuck}. */
    boolean isEstablishmentStuck(final long ownHeight)
    {
        return headways.isEstablishmentStuck(ownHeight, node.watchNs());
    }

    /**
     * Notes that a learner was heard.
     *
     * @return the learner that sent the message; null when the message belongs to a conversation that has ended and
     *         must be ignored.
     */
    LearnerLink heard(final long from, final long conversation)
    {
        final LearnerLink learner = learners.find(from, conversation);
        if (learner != null)
        {
            watch.onHeard(learner);
        }

        return learner;
    }

    /** Whether a learner is still in the conversation of the given link. */
    boolean isPresent(final LearnerLink learner)
    {
        return learners.find(learner.serverId) == learner;
    }

    /**
     * A learner attaches. It may repeat this message until it has an answer; only a new conversation number begins
     * anew. Returns why this server cannot lead any more, or null when it can.
     */
    String onLearnerInfo(final long from, final LearnerInfoDecoder message)
    {
        if (learners.find(from, message.conversation()) != null)
        {
            return null;
        }

        final LearnerLink learner = attach(from, message);
        if (node.patience().onBack(from, node.watchNs()))
        {
            node.events().onNotice("a learner was given up too early, silence is borne longer now", from);
        }

        return learner.isVoter ? promises.onAccepted(learner, message) : null;
    }

    /** Begins a conversation, and drops everything of an earlier one with the same server. */
    private LearnerLink attach(final long from, final LearnerInfoDecoder message)
    {
        forget(from);
        holders.onAttached(from);
        final boolean isVoter = node.members().isVoter(from);
        final LearnerLink learner = new LearnerLink(from, message.conversation(), isVoter, node.watchNs());
        learner.counts = isVoter && message.votesRaw() != 0;
        learner.lastZxid = message.lastZxid();
        learner.attachedRound = rounds.round();
        learners.put(learner);
        headways.begin(node.links().indexOf(from), node.watchNs());
        watch.onHeard(learner);

        return learner;
    }

    /** A learner has promised the epoch. Returns why this server cannot lead any more, or null when it can. */
    String onAckEpoch(final LearnerLink learner, final AckEpochDecoder message)
    {
        if (!promises.isAwaited(learner, message))
        {
            return null;
        }
        if (!isPromised() && promises.isOutdoneBy(learner, message))
        {
            return "a voter knows more";
        }

        promises.onPromised(learner, message, rounds.round());
        if (isPromised())
        {
            syncs.begin(learner, discovery.epoch());
        }

        return null;
    }

    void onAckNewLeader(final LearnerLink learner, final AckNewLeaderDecoder message)
    {
        if (learner.phase == LearnerLink.Phase.ADOPTING && message.epoch() == discovery.epoch())
        {
            learner.phase = LearnerLink.Phase.ADOPTED;
            if (learner.counts)
            {
                broadcast.onAdopted(learner.serverId, learner.joinedZxid);
            }
        }
    }

    void onHeartbeatAnswer(final LearnerLink learner, final HeartbeatAnswerDecoder message)
    {
        learner.mark = message.mark();
        learner.hasRoom = message.hasRoomRaw() != 0;
        learner.isForcing = message.isForcingRaw() != 0;
        memory.onReport(learner.serverId, message.treeBytesMax());
        learner.progress = Math.max(learner.progress, message.progress());
        learner.answeredRound = Math.max(learner.answeredRound, message.round());
        learner.appliedZxid = message.appliedZxid() == HeartbeatAnswerDecoder.appliedZxidNullValue() ? Long.MAX_VALUE :
            message.appliedZxid();
        holders.onServing(learner, message.incarnation() == HeartbeatAnswerDecoder.incarnationNullValue() ?
            LearnerLink.SAYS_NOTHING : message.incarnation());
        countIfServing(learner);
        if (learner.counts)
        {
            rounds.onAnswer(learner.serverId, message.round());
            discovery.onAnswer(learner.serverId, message.round());
        }
    }

    long nextDeadlineNs()
    {
        return nextHeartbeatNs;
    }

    /** Reports on the learners for operators. */
    LearnersReport report()
    {
        return report;
    }

    /** The role ends. Every learner is told; if that is not possible, its link is closed. */
    void close()
    {
        for (int i = 0; i < learners.size(); i++)
        {
            final LearnerLink learner = learners.at(i);
            if (learner != null && !node.sender().leave(learner.serverId, learner.conversation))
            {
                node.context().peers().close(learner.serverId);
            }
        }
        syncs.close();
        memory.close();
    }
}
