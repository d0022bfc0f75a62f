/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.txn.codec.RestoreEnding;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * Drives one restore: begins it, sends the snapshot in parts, and ends it; repeats each step as often as necessary.
 * What became of a step is visible in what this server has applied, so when the leader changes in the middle, the run
 * only has to wait. Used by one thread, once.
 */
final class RestoreRun
{
    /**
     * Length of a part in bytes: it fits into one query to the engine, and applying it takes a fraction of a
     * millisecond.
     */
    static final int PART_LENGTH = 44 * 1024;

    /** Why a restore is refused or cannot go on. */
    static final String NO_ROOM =
        "no quorum of servers has room on its disks, and a restore goes through the log: make " +
            "room first, /readyz of each server tells of its own disk";

    private static final int WINDOW = 16;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(50);
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long ABORT_NS = TimeUnit.SECONDS.toNanos(5);

    private final RestoreSteps steps;
    private final NanoClock clock;
    private final ArrayDeque<byte[]> unapplied = new ArrayDeque<>();
    private long made;
    private long applied;

    /** Thrown when the restore failed; the message says why. */
    static final class FailedException extends RuntimeException
    {
        private static final long serialVersionUID = 1L;
        private final boolean isConflict;

        FailedException(final String message, final boolean isConflict)
        {
            super(message);
            this.isConflict = isConflict;
        }

        /** Whether another restore is in the way. */
        boolean isConflict()
        {
            return isConflict;
        }
    }

    RestoreRun(final RestoreSteps steps, final NanoClock clock)
    {
        this.steps = steps;
        this.clock = clock;
    }

    /** Supplies the records of a snapshot. */
    interface Source
    {
        /** Writes the records like {@link io.caracal.server.offline.RestoreUpload#write}. */
        void write(long atZxid, SnapshotSink sink);
    }

    /**
     * Runs the restore.
     *
     * @param fileZxid last transaction in the snapshot.
     * @param source   supplies the tree of the snapshot.
     * @param serverId of this server.
     * @return zxid from which on the restored tree is served.
     * @throws FailedException when nothing was changed, or when that is unknown; the message says which.
     */
    long restore(final long fileZxid, final Source source, final long serverId)
    {
        boolean isOver = false;
        try
        {
            source.write(begin(fileZxid, serverId), new PartCutter(PART_LENGTH, this::hand));
            settle();
            final long zxid = end();
            isOver = true;
            return zxid;
        }
        finally
        {
            if (!isOver)
            {
                giveUp();
            }
        }
    }

    /**
     * Begins the restore; returns the zxid of the transaction that began it. If the current epoch is not later than
     * that of the snapshot, the epoch has to end first; this method waits for that.
     */
    private long begin(final long fileZxid, final long serverId)
    {
        final RestoreStatus begun = await("a leader that begins it, with room on the disks of a quorum",
            () -> steps.begin(serverId, fileZxid), status ->
            {
                if (status.id() != 0 && status.id() != steps.restoreId())
                {
                    throw new FailedException("a restore is under way, sent to server " + status.server() +
                        "; one of which nothing is heard is given up after a minute; nothing was changed", true);
                }
                checkRoom(status);
                return status.id() == steps.restoreId();
            });

        return begun.beginZxid();
    }

    /** Fails when the disks have no room. Steps are ignored then, so waiting is useless. */
    private static void checkRoom(final RestoreStatus status)
    {
        if (status.lacksRoom())
        {
            throw new FailedException(NO_ROOM + "; nothing was changed", false);
        }
    }

    /** Waits until all parts are applied. */
    private void settle()
    {
        while (!unapplied.isEmpty())
        {
            makeRoom();
        }
    }

    private long end()
    {
        final RestoreStatus ended = await("its end", steps::end, status -> status.endedId() == steps.restoreId());
        if (ended.ending() != RestoreEnding.DONE)
        {
            throw new FailedException("the restore was given up (" + ended.ending() + "); nothing was changed", false);
        }

        return ended.endedZxid();
    }

    /** Aborts the restore, if any server can be asked, so that it does not stay open. */
    private void giveUp()
    {
        final long beginNs = clock.nanoTime();
        RestoreStatus status = steps.abort();
        while ((status == null || status.id() == steps.restoreId()) && !Thread.currentThread().isInterrupted() &&
            clock.nanoTime() - beginNs < ABORT_NS)
        {
            rest();
            status = steps.abort();
        }
    }

    /**
     * Takes a step and waits until a condition holds. The step is repeated only after a while, or when it was refused;
     * in between, the method only looks at the status.
     */
    private RestoreStatus await(final String what, final Supplier<RestoreStatus> step,
        final Predicate<RestoreStatus> condition)
    {
        final long beginNs = clock.nanoTime();
        long askedNs = beginNs;
        RestoreStatus status = step.get();
        while (status == null || !condition.test(status))
        {
            checkPatience(beginNs, what);
            rest();
            final boolean isTime = clock.nanoTime() - askedNs > AGAIN_NS || (status != null && !status.isTaken());
            askedNs = isTime ? clock.nanoTime() : askedNs;
            status = isTime ? step.get() : steps.look();
        }

        return status;
    }

    private void checkPatience(final long sinceNs, final String what)
    {
        if (Thread.currentThread().isInterrupted() || clock.nanoTime() - sinceNs > PATIENCE_NS)
        {
            throw new FailedException("the restore waited in vain for " + what + "; ask again to learn what is served",
                false);
        }
    }

    private void rest()
    {
        LockSupport.parkNanos(REST_NS);
    }

    private void hand(final byte[] piece)
    {
        while (unapplied.size() == WINDOW)
        {
            makeRoom();
        }
        unapplied.addLast(piece);
        made++;
        send(made - 1, piece);
    }

    /** Sends a part; repeats that while it is refused because too much is under way. */
    private void send(final long number, final byte[] piece)
    {
        final long beginNs = clock.nanoTime();
        RestoreStatus status = steps.part(number, piece);
        while (status != null && look(status) && !status.isTaken())
        {
            checkPatience(beginNs, "room for a part");
            rest();
            status = steps.part(number, piece);
        }
    }

    /**
     * Waits until at least one more part is applied. After a while, all unapplied parts are sent again, because some
     * may not have arrived.
     */
    private void makeRoom()
    {
        final long before = applied;
        final long beginNs = clock.nanoTime();
        long sentNs = beginNs;
        while (!look(steps.look()) || applied == before)
        {
            checkPatience(beginNs, "a part to be taken");
            rest();
            if (clock.nanoTime() - sentNs > AGAIN_NS)
            {
                sendAgain();
                sentNs = clock.nanoTime();
            }
        }
    }

    private void sendAgain()
    {
        long number = applied;
        for (final byte[] piece : unapplied.toArray(new byte[0][]))
        {
            steps.part(number++, piece);
        }
    }

    /** Removes the parts that are applied according to the status; returns false when there is no status. */
    private boolean look(final RestoreStatus status)
    {
        if (status == null)
        {
            return false;
        }
        if (status.id() != steps.restoreId())
        {
            throw new FailedException(status.endedId() == steps.restoreId() ?
                "the restore was given up (" + status.ending() + "); nothing was changed" :
                "the restore is not known here any more: this server was given the state of its leader; ask again to " +
                    "learn what is served",
                false);
        }
        if (status.state() == RestoreState.DAMAGED)
        {
            throw new FailedException("the servers cannot make a tree of the snapshot; if it holds TTL znodes, " +
                "set extendedTypesEnabled=true on all of them; nothing was changed", false);
        }
        for (; applied < status.nextPart(); applied++)
        {
            unapplied.removeFirst();
        }
        checkRoom(status);

        return true;
    }
}
