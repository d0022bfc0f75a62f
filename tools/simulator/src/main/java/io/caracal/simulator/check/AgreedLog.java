/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The log and the applied transactions of all servers together. It checks three rules. A zxid stands for the same bytes
 * wherever it is logged, because an epoch has one leader. All servers apply the same transactions at the same place in
 * the order, so nothing that was committed is lost, skipped or reordered. A server applies only what is in its own log.
 */
public final class AgreedLog
{
    /** Listens to transactions as they become agreed. */
    public interface Listener
    {
        /**
         * A server is the first to apply a transaction, which must never be lost from now on.
         *
         * @param txn        the transaction.
         * @param appendedNs true time at which a server first logged it.
         */
        void onAgreed(Txn txn, long appendedNs);
    }

    private static final String SAME = "a zxid means the same everywhere";
    private static final String ORDER = "every server applies the same transactions";
    private static final String COMMITTED = "a snapshot holds what is committed";
    private static final String CUT = "what was applied is never cut";
    private static final String LOGGED = "only what is logged is applied";

    private final TreeMap<Long, Logged> logged = new TreeMap<>();
    private final List<Txn> agreed = new ArrayList<>();
    private final TreeMap<Long, Integer> indexOf = new TreeMap<>();
    private final TreeMap<Long, ServerLog> servers = new TreeMap<>();
    private final TxnReader reader = new TxnReader();
    private final List<Listener> listeners = new ArrayList<>();

    /** A record as it was first logged. Records are never compared, so the identity of the array does not matter. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Logged(byte[] bytes, long timeNs, long serverId, long appliedZxid)
    {
    }

    /** The state of one server. */
    private static final class ServerLog
    {
        private final TreeMap<Long, byte[]> records = new TreeMap<>();

        /** Zxid of the loaded snapshot. Its transactions are not in the log, but they count as logged. */
        private long baseZxid;
        private long appliedZxid;
    }

    /**
     * Adds a listener for agreed transactions. Listeners are called in the order in which they were added.
     *
     * @param listener to add.
     */
    public void add(final Listener listener)
    {
        listeners.add(listener);
    }

    /**
     * A server's process starts, with whatever is on its disk.
     *
     * @param serverId of the server.
     */
    public void onStart(final long serverId)
    {
        servers.put(serverId, new ServerLog());
    }

    /**
     * A server loaded a snapshot.
     *
     * @param serverId of the server.
     * @param zxid     of its state.
     */
    public void onLoaded(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);
        Violation.unless(zxid == 0 || indexOf.containsKey(zxid), COMMITTED,
            () -> "server " + serverId + " loads one of " +
                Violation.zxid(zxid));
        server.baseZxid = zxid;
        server.appliedZxid = zxid;
    }

    /**
     * A server published a snapshot.
     *
     * @param serverId of the server.
     * @param zxid     of its state.
     */
    public void onPublished(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);
        Violation.unless(zxid == 0 || (indexOf.containsKey(zxid) && zxid <= server.appliedZxid), COMMITTED,
            () -> "server " +
                serverId + " publishes one of " + Violation.zxid(zxid));
    }

    /**
     * A server logs a record, or finds it in its log.
     *
     * @param serverId of the server.
     * @param zxid     of the record.
     * @param bytes    of the record.
     * @param timeNs   true time.
     */
    public void onLogged(final long serverId, final long zxid, final byte[] bytes, final long timeNs)
    {
        final ServerLog server = servers.get(serverId);
        final Logged first = logged.putIfAbsent(zxid, new Logged(bytes, timeNs, serverId,
            server.appliedZxid));
        Violation.unless(first == null || Arrays.equals(first.bytes, bytes), SAME,
            () -> "server " + serverId + " logs " + Violation.zxid(zxid) + " with other bytes than server " +
                (first == null ? 0 : first.serverId));
        Violation.unless(server.records.isEmpty() || server.records.lastKey() < zxid, "a log has one order",
            () -> "server " + serverId + " logs " + Violation.zxid(zxid) + " after " + Violation.zxid(lastOf(server)));
        server.records.put(zxid, bytes);
    }

    /**
     * A server cuts its log.
     *
     * @param serverId of the server.
     * @param zxid     last record that stays.
     */
    public void onTruncated(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);
        Violation.unless(zxid >= server.appliedZxid, CUT,
            () -> "server " + serverId + " cuts after " + Violation.zxid(zxid) + " and has applied " +
                Violation.zxid(server.appliedZxid));
        server.records.tailMap(zxid, false).clear();
    }

    /**
     * A server is told to cut its log.
     *
     * @param serverId of the server.
     * @param zxid     last record that stays.
     */
    void onCutOrdered(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);
        Violation.unless(zxid >= server.appliedZxid, CUT, () -> "server " + serverId + " is told to cut after " +
            Violation.zxid(zxid) + " and has applied " + Violation.zxid(server.appliedZxid));
    }

    /** Zxid of the last record that a server has logged. */
    long lastLogged(final long serverId)
    {
        return lastOf(servers.get(serverId));
    }

    /** First agreed transaction before a zxid that a server has not logged; 0 if it has logged them all. */
    long firstMissing(final long serverId, final long beforeZxid)
    {
        final ServerLog server = servers.get(serverId);

        for (int i = indexAfter(server.baseZxid); i < agreed.size() && agreed.get(i).zxid() < beforeZxid; i++)
        {
            if (!server.records.containsKey(agreed.get(i).zxid()))
            {
                return agreed.get(i).zxid();
            }
        }

        return 0;
    }

    /**
     * A server replaces its whole log by a snapshot that it received.
     *
     * @param serverId of the server.
     * @param zxid     of the snapshot.
     */
    public void onReplaced(final long serverId, final long zxid)
    {
        servers.get(serverId).records.clear();
        onLoaded(serverId, zxid);
    }

    /**
     * A server applied a transaction.
     *
     * @param serverId of the server.
     * @param zxid     of the transaction.
     */
    public void onApplied(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);
        Violation.unless(server.records.containsKey(zxid), LOGGED,
            () -> "server " + serverId + " applies " + Violation.zxid(zxid));
        final int next = server.appliedZxid == 0 ? 0 : indexOf.get(server.appliedZxid) + 1;
        Violation.unless(next == agreed.size() || agreed.get(next).zxid() == zxid, ORDER,
            () -> "server " + serverId + " applies " + Violation.zxid(zxid) + " where others have " +
                Violation.zxid(next < agreed.size() ? agreed.get(next).zxid() : 0));

        if (next == agreed.size())
        {
            agree(zxid);
        }

        server.appliedZxid = zxid;
    }

    /**
     * A server has applied everything up to a zxid at once. It does so when it starts, with what it finds in its log.
     *
     * @param serverId of the server.
     * @param zxid     of the last transaction.
     */
    public void onAppliedUpTo(final long serverId, final long zxid)
    {
        final ServerLog server = servers.get(serverId);

        if (zxid > server.appliedZxid)
        {
            Violation.unless(server.records.containsKey(zxid), LOGGED, () -> "server " + serverId + " applied " +
                Violation.zxid(zxid));
            new ArrayList<>(server.records.subMap(server.appliedZxid, false, zxid, true).keySet())
                .forEach(next -> onApplied(serverId, next));
        }
    }

    /** Zxid of the state in which a transaction was prepared: that of its leader, which logs it first. */
    long preparedAt(final long zxid)
    {
        return logged.get(zxid).appliedZxid;
    }

    private void agree(final long zxid)
    {
        Violation.unless(zxid > lastAgreedZxid(), ORDER, () -> Violation.zxid(zxid) + " becomes agreed after " +
            Violation.zxid(lastAgreedZxid()));
        final Logged first = logged.get(zxid);
        final Txn txn = reader.read(zxid, first.bytes);
        indexOf.put(zxid, agreed.size());
        agreed.add(txn);

        for (final Listener listener : listeners)
        {
            listener.onAgreed(txn, first.timeNs);
        }
    }

    /**
     * Zxid of the last transaction that any server has applied.
     *
     * @return its zxid, 0 for none.
     */
    public long lastAgreedZxid()
    {
        return agreed.isEmpty() ? 0 : agreed.get(agreed.size() - 1).zxid();
    }

    /**
     * Zxid of the last transaction that a server has applied.
     *
     * @param serverId of the server.
     * @return its zxid, 0 for none.
     */
    public long appliedZxid(final long serverId)
    {
        return servers.containsKey(serverId) ? servers.get(serverId).appliedZxid : 0;
    }

    /**
     * Finds an agreed transaction.
     *
     * @param zxid of the transaction.
     * @return null when no agreed transaction has this zxid.
     */
    public Txn find(final long zxid)
    {
        final Integer index = indexOf.get(zxid);

        return index == null ? null : agreed.get(index);
    }

    /**
     * All agreed transactions.
     *
     * @return in zxid order; grows.
     */
    public List<Txn> agreed()
    {
        return agreed;
    }

    /**
     * Index in {@link #agreed()} of the first transaction after a zxid.
     *
     * @param zxid any.
     * @return index, which may equal the size.
     */
    public int indexAfter(final long zxid)
    {
        final var floor = indexOf.floorEntry(zxid);

        return floor == null ? 0 : floor.getValue() + 1;
    }

    private static long lastOf(final ServerLog server)
    {
        return server.records.isEmpty() ? server.baseZxid : server.records.lastKey();
    }
}
