/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeMap;

/**
 * Checks that what a server tells others about itself is true of its disk at that moment, so that it stays true if the
 * power fails right afterwards. The checker looks at the disk, and does not ask the server.
 */
public final class WordChecker
{
    private static final String DURABLE = "what a server acknowledges is durable";
    private static final String WHOLE = "a leader has everything that was committed before it";
    private static final String USABLE = "a disk that nobody damaged is good to start from";

    private final AgreedLog log;
    private final TreeMap<Long, Talk> talks = new TreeMap<>();

    /** What a server has said and been told since it started. */
    private static final class Talk
    {
        private long conversation;
        private long endZxid;
        private boolean counts;
        private long ledEpoch;
        private long adoptedEpoch;
    }

    /**
     * Creates a checker before any server has said anything.
     *
     * @param log of agreed transactions.
     */
    public WordChecker(final AgreedLog log)
    {
        this.log = log;
    }

    private Talk talk(final long serverId)
    {
        return talks.computeIfAbsent(serverId, key -> new Talk());
    }

    /**
     * A server's process starts.
     *
     * @param serverId of the server.
     */
    public void onStart(final long serverId)
    {
        talks.remove(serverId);
    }

    /**
     * A server refuses to start.
     *
     * @param serverId  of the server.
     * @param isDamaged whether its disk was damaged, which justifies the refusal.
     * @param reason    given by the server.
     */
    public void onUnusable(final long serverId, final boolean isDamaged, final String reason)
    {
        Violation.unless(isDamaged, USABLE, () -> "server " + serverId + ": " + reason);
    }

    /**
     * A learner attaches to a leader.
     *
     * @param serverId     of the learner.
     * @param conversation that begins or continues.
     * @param counts       whether the learner's promises count towards a quorum.
     */
    public void onAttaching(final long serverId, final long conversation, final boolean counts)
    {
        final Talk talk = talk(serverId);
        talk.conversation = conversation;
        talk.counts = counts;
    }

    /**
     * A learner is told to cut its log.
     *
     * @param serverId     of the learner.
     * @param conversation to which the order belongs.
     * @param zxid         of the last record that stays.
     */
    public void onCutOrdered(final long serverId, final long conversation, final long zxid)
    {
        if (conversation == talk(serverId).conversation)
        {
            log.onCutOrdered(serverId, zxid);
        }
    }

    /**
     * A learner is told where its history ends.
     *
     * @param serverId     of the learner.
     * @param conversation to which the message belongs.
     * @param zxid         end of the history.
     */
    public void onNewLeader(final long serverId, final long conversation, final long zxid)
    {
        if (conversation == talk(serverId).conversation)
        {
            talk(serverId).endZxid = zxid;
        }
    }

    /**
     * A server says that it has promised an epoch.
     *
     * @param serverId    of the server.
     * @param epoch       that it says it has promised.
     * @param onDiskEpoch promised epoch on its disk.
     */
    public void onPromised(final long serverId, final long epoch, final long onDiskEpoch)
    {
        Violation.unless(!talk(serverId).counts || onDiskEpoch >= epoch, DURABLE, () -> "server " + serverId +
            " says that it has promised epoch " + epoch + ", and has " + onDiskEpoch + " on disk");
    }

    /**
     * A leader asks others to promise its epoch, after it has promised the epoch itself.
     *
     * @param serverId    of the leader.
     * @param epoch       that it wants to lead.
     * @param onDiskEpoch promised epoch on its disk.
     */
    public void onAsking(final long serverId, final long epoch, final long onDiskEpoch)
    {
        Violation.unless(onDiskEpoch >= epoch, DURABLE, () -> "server " + serverId + " asks for epoch " + epoch +
            ", and has promised " + onDiskEpoch + " on disk");
        talk(serverId).ledEpoch = epoch;
    }

    /**
     * A server says that it has adopted an epoch with the history that it was given. A server that does not count
     * stores the epoch later.
     *
     * @param serverId    of the server.
     * @param epoch       adopted.
     * @param onDiskEpoch adopted epoch on its disk.
     * @param onDiskZxid  last durable zxid.
     */
    public void onAdopted(final long serverId, final long epoch, final long onDiskEpoch, final long onDiskZxid)
    {
        final Talk talk = talk(serverId);
        final boolean isEpochKept = !talk.counts || onDiskEpoch >= epoch;
        Violation.unless(isEpochKept && onDiskZxid >= talk.endZxid, DURABLE, () -> "server " + serverId +
            " says that it has adopted epoch " + epoch + " up to " + Violation.zxid(talk.endZxid) +
            ", and has epoch " + onDiskEpoch + " and " + Violation.zxid(onDiskZxid) + " on disk");
        talk.adoptedEpoch = epoch;
    }

    /**
     * A server says that it serves clients. From then on it counts, even if it did not count before.
     *
     * @param serverId    of the server.
     * @param onDiskEpoch adopted epoch on its disk.
     */
    public void onServing(final long serverId, final long onDiskEpoch)
    {
        Violation.unless(onDiskEpoch >= talk(serverId).adoptedEpoch, DURABLE, () -> "server " + serverId +
            " serves in epoch " + talk(serverId).adoptedEpoch + ", and has epoch " + onDiskEpoch + " on disk");
    }

    /**
     * A server begins to adopt an epoch. The whole history that it adopts with the epoch must be durable by then.
     *
     * @param serverId   of the server.
     * @param epoch      to be adopted.
     * @param leads      whether it is the leader of that epoch, whose history is all that it has logged.
     * @param onDiskZxid last durable zxid.
     */
    public void onAdopting(final long serverId, final long epoch, final boolean leads, final long onDiskZxid)
    {
        final long endZxid = leads ? log.lastLogged(serverId) : talk(serverId).endZxid;
        Violation.unless(onDiskZxid >= endZxid, DURABLE,
            () -> "server " + serverId + " adopts epoch " + epoch + " up to " +
                Violation.zxid(endZxid) + ", and has " + Violation.zxid(onDiskZxid) + " on disk");
    }

    /**
     * A server acknowledges transactions.
     *
     * @param serverId   of the server.
     * @param zxid       of the last one.
     * @param onDiskZxid last durable zxid.
     */
    public void onAcknowledged(final long serverId, final long zxid, final long onDiskZxid)
    {
        Violation.unless(onDiskZxid >= zxid, DURABLE,
            () -> "server " + serverId + " acknowledges " + Violation.zxid(zxid) +
                ", and has " + Violation.zxid(onDiskZxid) + " on disk");
    }

    /**
     * A leader says that its epoch is established.
     *
     * @param serverId of the leader.
     */
    public void onEstablished(final long serverId)
    {
        final long beginZxid = talk(serverId).ledEpoch << Integer.SIZE;
        final long missingZxid = log.firstMissing(serverId, beginZxid);
        Violation.unless(missingZxid == 0, WHOLE,
            () -> "server " + serverId + " leads epoch " + talk(serverId).ledEpoch +
                " without " + Violation.zxid(missingZxid));
    }
}
