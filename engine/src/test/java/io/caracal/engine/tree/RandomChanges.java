/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Applies the same random transactions to a tree and to its model. */
public final class RandomChanges
{
    private static final int[] LENGTHS = { -1, 0, 1, 15, 16, 17, 100, 104, 105, 128, 129, 1000, 32 * 1024, 32 * 1024 +
        1, 70_000 };
    private static final int SESSIONS = 5;

    private final TestTree test;
    private final SeededRandom random;
    private final List<String> paths = new ArrayList<>();
    private final ModelTree model;
    private long zxid;
    private int names;

    public RandomChanges(final TestTree test, final long seed)
    {
        this(test, seed, new ModelTree(test), 0);
    }

    /** Continues with a tree that was loaded. */
    public RandomChanges(final TestTree test, final long seed, final ModelTree model, final long zxid)
    {
        this.test = test;
        this.model = model;
        this.zxid = zxid;
        random = new SeededRandom(seed);
        paths.addAll(model.nodes.keySet());
    }

    public ModelTree model()
    {
        return model;
    }

    public long zxid()
    {
        return zxid;
    }

    /** Applies one transaction: one change, or several at the same zxid. */
    public void apply()
    {
        zxid++;
        final int changes = random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1;
        for (int i = 0; i < changes; i++)
        {
            change();
        }
    }

    private void change()
    {
        final int kind = random.nextInt(100);
        if (kind < 40)
        {
            create();
        }
        else if (kind < 60)
        {
            setData();
        }
        else if (kind < 70)
        {
            setAcl();
        }
        else if (kind < 99)
        {
            delete();
        }
        else
        {
            closeSession();
        }
    }

    private String anyPath()
    {
        return paths.get(random.nextInt(paths.size()));
    }

    private void create()
    {
        final String parent = anyPath();
        if (test.tree().ownerKinds().isSession(model.nodes.get(parent).owner))
        {
            return;
        }
        final String path = (parent.equals("/") ? "" : parent) + "/" + name();
        final String data = payload();
        final int aclId = acl();
        final long owner = owner();
        final long timeMs = 1_000_000L + random.nextInt(1000);
        final long node = test.createAt(path, data, owner, aclId, zxid, timeMs);
        model.create(path, data, owner, test.aclOf(node), zxid, timeMs);
        test.tree().acls().release(aclId);
        paths.add(path);
    }

    private String name()
    {
        final String stem = switch (random.nextInt(5))
        {
            case 0 -> "ä";
            case 1 -> "a-name-that-does-not-fit-into-the-record-";
            case 2 -> "exactly8";
            case 3 -> "\uD83D\uDC31";
            default -> "n";
        };

        return stem + zxid + "-" + names++;
    }

    private String payload()
    {
        final int length = LENGTHS[random.nextInt(LENGTHS.length)];

        return length < 0 ? null : Character.toString('a' + random.nextInt(26)).repeat(length);
    }

    private int acl()
    {
        return test.acl(1 + random.nextInt(31), "digest", "user" + random.nextInt(4));
    }

    private long owner()
    {
        return switch (random.nextInt(8))
        {
            case 0 -> EphemeralOwner.CONTAINER;
            case 1 -> test.tree().ownerKinds().ttl(1 + random.nextInt(1000));
            case 2, 3 -> 1 + random.nextInt(SESSIONS);
            default -> EphemeralOwner.NONE;
        };
    }

    private void setData()
    {
        final ModelNode node = model.nodes.get(anyPath());
        node.data = payload();
        if (random.nextInt(4) == 0)
        {
            final byte[] bytes = node.data == null ? new byte[0] : node.data.getBytes(StandardCharsets.UTF_8);
            test.tree().replaceData(test.find(node.path), new UnsafeBuffer(bytes), 0,
                node.data == null ? -1 : bytes.length);
        }
        else
        {
            node.version++;
            node.mzxid = zxid;
            node.mtimeMs = 1_000_000L + random.nextInt(1000);
            test.setDataAt(node.path, node.data, node.version, zxid, node.mtimeMs);
        }
    }

    private void setAcl()
    {
        final ModelNode node = model.nodes.get(anyPath());
        final int aclId = acl();
        node.aversion++;
        test.tree().setAcl(test.find(node.path), aclId, node.aversion);
        node.acl = test.aclOf(test.find(node.path));
        test.tree().acls().release(aclId);
    }

    private void delete()
    {
        final int index = random.nextInt(paths.size());
        final String path = paths.get(index);
        if (!path.equals("/") && !path.startsWith("/zookeeper") && test.tree().childCount(test.find(path)) == 0)
        {
            delete(path);
            paths.remove(index);
        }
    }

    private void delete(final String path)
    {
        test.tree().delete(test.find(path), zxid);
        model.delete(path, zxid);
    }

    private void closeSession()
    {
        for (final String path : test.ephemerals(1 + random.nextInt(SESSIONS)))
        {
            delete(path);
            paths.remove(path);
        }
    }
}
