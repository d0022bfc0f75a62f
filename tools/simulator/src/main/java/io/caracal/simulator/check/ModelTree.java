/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model of the tree, built from the agreed transactions. It can show the state at every zxid. It is small and slow,
 * and was written independently of the real tree. Applying a transaction checks that it fits the state before it.
 */
public final class ModelTree
{
    private static final String CONFIG = "/zookeeper/config";
    private static final String RULE = "transactions fit the state before them";

    private final TreeMap<String, List<Change>> changes = new TreeMap<>();
    private final TreeMap<String, TreeSet<String>> everBelow = new TreeMap<>();
    private final TreeMap<Long, LinkedHashSet<String>> ephemerals = new TreeMap<>();
    private final TreeMap<Long, List<String>> goneWith = new TreeMap<>();
    private final TreeMap<Long, Long> sentOf = new TreeMap<>();
    private final TreeMap<Long, Long> beganAt = new TreeMap<>();
    private final TreeSet<String> existing = new TreeSet<>();
    private final QuotaModel quotas = new QuotaModel(this);
    private long lastZxid;

    /** The state of a path from a zxid on. The znode is null if it does not exist. */
    private record Change(long zxid, Znode znode)
    {
    }

    /** Creates the tree of a fresh ensemble. */
    public ModelTree()
    {
        put("/", 0, new Znode(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, "", Acl.OPEN));
        put("/zookeeper", 0, new Znode(0, 0, 0, 0, 0, 0, 0, 0, 0, 2, "", Acl.OPEN));
        put(CONFIG, 0, Znode.born(0, 0, 0, "", Acl.of(Acl.world(Acl.READ))));
        put("/zookeeper/quota", 0, Znode.born(0, 0, 0, "", Acl.OPEN));
    }

    /**
     * Applies the changes of a transaction.
     *
     * @param txn later than all that were applied before.
     */
    public void apply(final Txn txn)
    {
        lastZxid = txn.zxid();
        txn.parts().forEach(part ->
        {
            apply(txn, part);
            quotas.onChanged();
        });

        if (txn.kind() == Txn.Kind.RESTORE && txn.number() != 0)
        {
            beganAt.put(txn.number(), txn.zxid());
        }
        else if (txn.kind() == Txn.Kind.RESTORED)
        {
            restore(txn);
            quotas.onChanged();
        }
        else if (txn.kind() == Txn.Kind.CLOSE_SESSION)
        {
            final List<String> gone = ephemeralsOf(txn.sessionId());
            gone.forEach(path ->
            {
                delete(txn, path);
                quotas.onChanged();
            });
            goneWith.put(txn.zxid(), gone);
        }
    }

    /**
     * An operator sends a snapshot to be restored.
     *
     * @param restoreId identifies the restore.
     * @param zxid      of the snapshot's state.
     */
    public void onRestoreSent(final long restoreId, final long zxid)
    {
        sentOf.put(restoreId, zxid);
    }

    /** Restores the state of the snapshot, except for ephemerals, which were deleted when the restore began. */
    private void restore(final Txn txn)
    {
        final long zxid = sentOf.get(txn.number());
        final long beganZxid = beganAt.get(txn.number());
        final TreeMap<String, Znode> restored = new TreeMap<>();
        changes.keySet().forEach(path -> restored.put(path, at(path, zxid)));

        for (final Map.Entry<String, Znode> each : restored.entrySet())
        {
            if (each.getValue() != null && each.getValue().isEphemeral())
            {
                each.setValue(null);
                restored.computeIfPresent(parentOf(each.getKey()), (path, parent) -> parent.withoutChild(beganZxid));
            }
        }

        restored.forEach((path, znode) -> put(path, txn.zxid(), znode));
        ephemerals.clear();
    }

    /**
     * A znode at a zxid.
     *
     * @param path of the znode.
     * @param zxid of the transaction after which it is shown.
     * @return null when it did not exist.
     */
    public Znode at(final String path, final long zxid)
    {
        final List<Change> history = changes.get(path);

        for (int i = history == null ? -1 : history.size() - 1; i >= 0; i--)
        {
            if (history.get(i).zxid <= zxid)
            {
                return history.get(i).znode;
            }
        }

        return null;
    }

    /**
     * A znode in the latest state.
     *
     * @param path of the znode.
     * @return null when it does not exist.
     */
    public Znode now(final String path)
    {
        return at(path, lastZxid);
    }

    /**
     * Children of a znode at a zxid.
     *
     * @param path of the parent.
     * @param zxid of the transaction after which they are shown.
     * @return their names, sorted.
     */
    public Set<String> childrenAt(final String path, final long zxid)
    {
        final TreeSet<String> names = new TreeSet<>();

        for (final String child : everBelow.getOrDefault(path, new TreeSet<>()))
        {
            if (at(child, zxid) != null)
            {
                names.add(child.substring(child.lastIndexOf('/') + 1));
            }
        }

        return names;
    }

    /**
     * All paths that exist, except for the one whose data come from a file.
     *
     * @return sorted.
     */
    public List<String> paths()
    {
        return changes.keySet().stream().filter(path -> now(path) != null && !CONFIG.equals(path)).toList();
    }

    /**
     * How many different access control lists the znodes have at a zxid.
     *
     * @param zxid of the transaction after which they are counted.
     * @return 1 or more.
     */
    long listCountAt(final long zxid)
    {
        return changes.keySet().stream().map(path -> at(path, zxid)).filter(Objects::nonNull).map(Znode::acl)
            .distinct().count();
    }

    /**
     * Ephemerals of a session that exist, in the order of their creation.
     *
     * @param sessionId of the session.
     * @return their paths.
     */
    public List<String> ephemeralsOf(final long sessionId)
    {
        return new ArrayList<>(ephemerals.getOrDefault(sessionId, new LinkedHashSet<>()));
    }

    /**
     * Ephemerals of a session that existed at a zxid.
     *
     * @param sessionId of the session.
     * @param prefix    with which their paths begin; empty for all.
     * @param zxid      of the transaction after which they are shown.
     * @return their paths, sorted.
     */
    Set<String> ephemeralsAt(final long sessionId, final String prefix, final long zxid)
    {
        return changes.keySet().stream().filter(path -> path.startsWith(prefix)).filter(path ->
        {
            final Znode znode = at(path, zxid);

            return znode != null && znode.isEphemeral() && znode.owner() == sessionId;
        }).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Ephemerals that were deleted with their session.
     *
     * @param zxid of the transaction that ended it.
     * @return their paths in the order of deletion.
     */
    List<String> goneWith(final long zxid)
    {
        return goneWith.getOrDefault(zxid, List.of());
    }

    /** Paths of a znode and all below it that exist in the latest state, as far as they do. */
    SortedSet<String> atOrBelow(final String path)
    {
        final TreeSet<String> paths = new TreeSet<>(existing.subSet(path + "/", path + (char)('/' + 1)));
        if (existing.contains(path))
        {
            paths.add(path);
        }

        return paths;
    }

    /** Replaces the data of a znode without a trace: nothing else of it changes. */
    void rewrite(final String path, final String data)
    {
        final Znode znode = now(path);
        put(path, lastZxid, znode.withData(znode.mzxid(), znode.mtimeMs(), znode.version(), data));
    }

    private void apply(final Txn txn, final Txn.Part part)
    {
        switch (part.change())
        {
            case CREATE -> create(txn, part);
            case DELETE -> delete(txn, part.path());
            case SET_DATA -> put(part.path(), txn.zxid(),
                existing(txn, part.path()).withData(txn.zxid(), txn.timeMs(), part.version(), part.data()));
            case SET_ACL -> setAcl(txn, part);
            case CHECK -> {
                // A check held, or there would be no such transaction.
            }
        }
    }

    private void create(final Txn txn, final Txn.Part part)
    {
        final String parent = parentOf(part.path());
        final Znode above = existing(txn, parent);
        Violation.unless(now(part.path()) == null, RULE,
            () -> part.path() + " is born twice at " + Violation.zxid(txn.zxid()));
        Violation.unless(part.version() == above.creates() + 1, RULE, () -> "cversion below " + parent + " at " +
            Violation.zxid(txn.zxid()));
        put(parent, txn.zxid(), above.withChild(txn.zxid(), part.version()));
        put(part.path(), txn.zxid(), Znode.born(txn.zxid(), txn.timeMs(), part.owner(), part.data(),
            part.acl()));

        if (Owner.isSession(part.owner()))
        {
            ephemerals.computeIfAbsent(part.owner(), key -> new LinkedHashSet<>()).add(part.path());
        }
        quotas.onCreated(part.path());
    }

    private void setAcl(final Txn txn, final Txn.Part part)
    {
        final Znode znode = existing(txn, part.path());
        Violation.unless(part.version() == znode.aversion() + 1, RULE, () -> "aversion of " + part.path() + " at " +
            Violation.zxid(txn.zxid()));
        put(part.path(), txn.zxid(), znode.withAcl(part.version(), part.acl()));
    }

    private void delete(final Txn txn, final String path)
    {
        final Znode gone = existing(txn, path);
        Violation.unless(gone.childCount() == 0, RULE,
            () -> path + " goes before its children at " + Violation.zxid(txn.zxid()));
        put(path, txn.zxid(), null);
        put(parentOf(path), txn.zxid(), existing(txn, parentOf(path)).withoutChild(txn.zxid()));

        if (gone.isEphemeral())
        {
            ephemerals.get(gone.owner()).remove(path);
        }
    }

    private Znode existing(final Txn txn, final String path)
    {
        final Znode znode = now(path);
        Violation.unless(znode != null, RULE, () -> path + " does not exist at " + Violation.zxid(txn.zxid()));

        return znode;
    }

    private void put(final String path, final long zxid, final Znode znode)
    {
        if (!changes.containsKey(path))
        {
            changes.put(path, new ArrayList<>());
            everBelow.computeIfAbsent(parentOf(path), key -> new TreeSet<>()).add(path);
        }

        changes.get(path).add(new Change(zxid, znode));
        if (znode == null)
        {
            existing.remove(path);
        }
        else
        {
            existing.add(path);
        }
    }

    /**
     * Path of the parent of a znode.
     *
     * @param path of a znode.
     * @return empty for the root.
     */
    static String parentOf(final String path)
    {
        final int slash = path.lastIndexOf('/');

        return slash > 0 ? path.substring(0, slash) : path.length() == 1 ? "" : "/";
    }
}
