/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static io.caracal.engine.node.OperatorAnswer.flag;

import io.caracal.engine.apply.DigestHistory;
import io.caracal.engine.apply.OpenRestore;
import io.caracal.engine.client.ConnectionsAnswer;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.operator.codec.ConfigRecordEncoder;
import io.caracal.engine.operator.codec.DigestRecordEncoder;
import io.caracal.engine.operator.codec.EphemeralRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.RestoreRecordEncoder;
import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.operator.codec.SessionRecordEncoder;
import io.caracal.engine.operator.codec.WatchRecordEncoder;
import io.caracal.engine.operator.codec.WatchSummaryEncoder;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.watch.WatchCursor;
import io.caracal.engine.watch.WatchTable;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.election.Standstill;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the answers to operators' queries. */
final class OperatorAnswers
{
    private static final UnsafeBuffer CONFIG =
        new UnsafeBuffer("/zookeeper/config".getBytes(StandardCharsets.US_ASCII));

    private final Node node;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ServerStatusEncoder status = new ServerStatusEncoder();
    private final SessionRecordEncoder sessionRecord = new SessionRecordEncoder();
    private final EphemeralRecordEncoder ephemeralRecord = new EphemeralRecordEncoder();
    private final WatchRecordEncoder watchRecord = new WatchRecordEncoder();
    private final WatchSummaryEncoder watchSummary = new WatchSummaryEncoder();
    private final DigestRecordEncoder digestRecord = new DigestRecordEncoder();
    private final ConfigRecordEncoder configRecord = new ConfigRecordEncoder();
    private final RestoreRecordEncoder restoreRecord = new RestoreRecordEncoder();
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();

    OperatorAnswers(final Node node)
    {
        this.node = node;
    }

    /** Makes the answer to a query. Returns null when its details are malformed. */
    OperatorAnswer begin(final OperatorQuery query, final DirectBuffer details, final Role role)
    {
        return switch (query)
        {
            case STATUS -> once(record -> status(record, role));
            case CONNECTIONS -> connections(node.desk().report().describeConnections());
            case SESSIONS -> new Sessions(role);
            case EPHEMERALS -> new Ephemerals();
            case WATCHES_BY_PATH -> new Watches(node.desk().watches().cursorByPath());
            case WATCHES_BY_SESSION -> new Watches(node.desk().watches().cursorByWatcher());
            case WATCH_SUMMARY -> once(this::watchSummary);
            case DIGESTS -> new Digests();
            case CONFIG -> once(this::config);
            case RESET_CONNECTIONS -> effect(() -> node.desk().report().resetFigures());
            case SNAPSHOT -> effect(() -> node.snapshots().demand());
            case MEMORY -> new MemoryAnswer(node.ledger());
            case LEARNERS -> role instanceof Leading leading && leading.isEstablished() ?
                leading.describeLearners() : target -> OperatorAnswer.END;
            case QUOTAS -> new QuotasAnswer(node);
            case ZNODE -> ZnodeAnswer.of(node, details);
            case TUNE -> tune(details);
            case RESTORE -> restore(details, role);
        };
    }

    private OperatorAnswer tune(final DirectBuffer details)
    {
        final Tuning tuning = Tuning.decode(details, node.context().clientSettings().limits());
        return tuning == null ? null : effect(() -> node.tune(tuning));
    }

    /**
     * Orders the step of a restore that the details hold, if any. Answers how far the restore has come, as far as it is
     * applied here.
     */
    private OperatorAnswer restore(final DirectBuffer details, final Role role)
    {
        return once(record ->
        {
            final boolean isTaken = details.capacity() == 0 || role.orderRestore(details, 0,
                details.capacity()) == WriteIntake.PROPOSED;
            final OpenRestore restore = node.replica().restore();
            restoreRecord.wrapAndApplyHeader(record, 0, header).taken(flag(isTaken))
                .state(RestoreState.get((short)restore.state().ordinal())).restoreId(restore.id())
                .server(restore.server()).beginZxid(restore.beginZxid()).nextPart(restore.nextPart())
                .endedId(restore.endedId()).endedZxid(restore.endedZxid()).ending(restore.ending().value())
                .quorumLacksRoom(flag(role.lacksRoom()));
            return restoreRecord.limit();
        });
    }

    private static OperatorAnswer once(final OperatorAnswer record)
    {
        final boolean[] isDone = { false };

        return target ->
        {
            final int length = isDone[0] ? OperatorAnswer.END : record.next(target);
            isDone[0] = true;
            return length;
        };
    }

    private static OperatorAnswer connections(final ConnectionsAnswer connections)
    {
        return connections::next;
    }

    private static OperatorAnswer effect(final Runnable effect)
    {
        return target ->
        {
            effect.run();
            return OperatorAnswer.END;
        };
    }

    private int status(final MutableDirectBuffer record, final Role role)
    {
        final ReadableTree tree = node.replica().tree();
        status.wrapAndApplyHeader(record, 0, header).role(roleOf(role))
            .serving(flag(role.isServing()))
            .writesRefused(flag(!node.disk().hasRoom()))
            .lastAppliedZxid(node.replica().lastAppliedZxid()).currentEpoch(node.epochs().current())
            .znodeCount(tree.nodeCount() + 1).ephemeralCount(tree.owned().ephemeralCount())
            .watchCount(node.desk().watches().entryCount())
            .approximateDataSize(tree.approximateDataSize()).aclCount(tree.acls().count())
            .sessionCount(node.replica().sessions().size())
            .connectionCount(node.desk().report().connectionCount())
            .outstandingRequests(node.desk().report().outstanding()).treeDigest(tree.digest())
            .lastSnapshotZxid(node.snapshots().lastZxid()).lastSnapshotTimeMs(node.snapshots().lastTimeMs())
            .acceptedEpoch(node.epochs().accepted())
            .leader(leaderOf(role)).leadingForMs(0).learners(0).syncedFollowers(0).syncedObservers(0)
            .syncedNonVoting(0).pendingSyncs(0).syncingLearners(0).syncSent(0).syncProgress(0)
            .quorumLacksRoom(flag(role.lacksRoom()));
        final Standstill standstill = role.standstill();
        status.obstacle((short)standstill.obstacle().ordinal()).hinderer(standstill.serverId());
        if (role instanceof Leading leading && leading.isEstablished())
        {
            leading.describe(status);
        }

        return status.limit();
    }

    private long leaderOf(final Role role)
    {
        if (role instanceof Learning learning)
        {
            return learning.isEstablished() ? learning.leader() : Vote.NOBODY;
        }

        return role instanceof Leading leading && leading.isEstablished() ? node.serverId() : Vote.NOBODY;
    }

    private int config(final MutableDirectBuffer record)
    {
        final ReadableTree tree = node.replica().tree();
        final long znode = tree.find(CONFIG, 0, CONFIG.capacity());
        final int length = znode == ReadableTree.NONE ? 0 : Math.max(0, tree.dataLength(znode));
        final UnsafeBuffer text = new UnsafeBuffer(new byte[length]);
        if (length > 0)
        {
            tree.copyData(znode, text, 0);
        }
        configRecord.wrapAndApplyHeader(record, 0, header).putText(text, 0, length);

        return configRecord.limit();
    }

    /** Names the role. An ensemble of one shows itself like ZooKeeper's standalone server. */
    private ServerRole roleOf(final Role role)
    {
        if (role instanceof Leading leading && leading.isEstablished())
        {
            return node.isAlone() ? ServerRole.STANDALONE : ServerRole.LEADING;
        }
        if (role instanceof Learning learning && learning.isEstablished())
        {
            return node.isVoter() ? ServerRole.FOLLOWING : ServerRole.OBSERVING;
        }

        return ServerRole.LOOKING;
    }

    private int watchSummary(final MutableDirectBuffer record)
    {
        final WatchTable watches = node.desk().watches();
        watchSummary.wrapAndApplyHeader(record, 0, header).connections(watches.dataWatcherCount())
            .paths(watches.dataPathCount()).watches(watches.dataWatchCount());

        return watchSummary.limit();
    }

    /** Sessions in order of expiry; those that expire at the same tick in order of their ids. */
    private final class Sessions implements OperatorAnswer
    {
        private final Role role;
        private final long[] ids;
        private int index;

        private Sessions(final Role role)
        {
            this.role = role;
            ids = inOrderOfExpiry();
        }

        private long[] inOrderOfExpiry()
        {
            return Arrays.stream(node.replica().sessions().sortedIds()).boxed()
                .sorted((left, right) -> Long.compare(expiresInMs(left), expiresInMs(right)))
                .mapToLong(Long::longValue).toArray();
        }

        private long expiresInMs(final long sessionId)
        {
            final Session session = node.replica().sessions().find(sessionId);

            return session != null && role instanceof Leading leading ? leading.expiresInMs(session) : 0;
        }

        @Override
        public int next(final MutableDirectBuffer record)
        {
            if (index == ids.length)
            {
                return END;
            }

            final long sessionId = ids[index++];
            final Session session = node.replica().sessions().find(sessionId);
            if (session == null)
            {
                return NOTHING;
            }

            sessionRecord.wrapAndApplyHeader(record, 0, header).sessionId(sessionId).timeoutMs(session.timeoutMs())
                .expiresInMs(expiresInMs(sessionId));

            return sessionRecord.limit();
        }
    }

    /**
     * Ephemerals, session by session in order of ids, and each session's in order of creation. Steps off a znode that
     * is deleted while the cursor is on it.
     */
    private final class Ephemerals implements OperatorAnswer, ZnodeCursor
    {
        private final ReadableTree tree = node.replica().tree();
        private final long[] owners = node.replica().sessions().sortedIds();
        private int index = -1;
        private long cursor = ReadableTree.NONE;

        private Ephemerals()
        {
            node.znodeCursors().add(this);
        }

        @Override
        public int next(final MutableDirectBuffer record)
        {
            if (cursor == ReadableTree.NONE)
            {
                index++;
                if (index >= owners.length)
                {
                    return END;
                }
                cursor = tree.owned().firstOfSession(owners[index]);
                return NOTHING;
            }

            final int length = tree.copyPath(cursor, path, 0);
            cursor = tree.owned().next(cursor);
            ephemeralRecord.wrapAndApplyHeader(record, 0, header).sessionId(owners[index]).putPath(path, 0, length);

            return ephemeralRecord.limit();
        }

        @Override
        public void onDeleting(final long znode)
        {
            if (znode == cursor)
            {
                cursor = tree.owned().next(znode);
            }
        }

        /** Ends an answer that was begun from the old tree, which is about to go. */
        @Override
        public void onReplacing()
        {
            cursor = ReadableTree.NONE;
            index = owners.length;
        }

        @Override
        public void close()
        {
            node.znodeCursors().remove(this);
        }
    }

    private final class Watches implements OperatorAnswer
    {
        private final WatchCursor cursor;

        private Watches(final WatchCursor cursor)
        {
            this.cursor = cursor;
        }

        @Override
        public int next(final MutableDirectBuffer record)
        {
            final int step = cursor.step();
            if (step != WatchCursor.FOUND)
            {
                return step == WatchCursor.END ? END : NOTHING;
            }

            final int length = cursor.pathLength();
            cursor.copyPath(path, 0);
            watchRecord.wrapAndApplyHeader(record, 0, header)
                .sessionId(node.desk().report().sessionIdOf(cursor.watcher()))
                .putPath(path, 0, length);

            return watchRecord.limit();
        }

        @Override
        public void close()
        {
            cursor.close();
        }
    }

    private final class Digests implements OperatorAnswer
    {
        private int index;

        @Override
        public int next(final MutableDirectBuffer record)
        {
            final DigestHistory digests = node.applying().digests();
            if (index >= digests.size())
            {
                return END;
            }

            digestRecord.wrapAndApplyHeader(record, 0, header).zxid(digests.zxid(index))
                .version(DigestHistory.DIGEST_VERSION).digest(digests.digest(index));
            index++;

            return digestRecord.limit();
        }
    }
}
