/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.shell.migrate.Clients.Held;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.AsyncCallback.StringCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** A tree with a znode of every kind, made by an official client. */
final class World implements AutoCloseable
{
    private static final StringCallback NOBODY = (rc, path, context, name) ->
    {
    };

    private final String servers;
    private final ZooKeeper client;
    private final List<ZooKeeper> owners = new ArrayList<>();

    World(final String servers) throws IOException, InterruptedException
    {
        this.servers = servers;
        client = Clients.connect(servers);
    }

    ZooKeeper client()
    {
        return client;
    }

    /** Creates znodes of every kind, with histories. */
    void build() throws KeeperException, InterruptedException
    {
        create("/data", bytes("first"));
        create("/data/null", null);
        create("/data/empty", new byte[0]);
        create("/data/large", new byte[200_000]);
        create("/data/gr\u00fc\u00dfe \u4e16", bytes("\u4e16"));
        for (int i = 0; i < 5; i++)
        {
            client.setData("/data", bytes("value " + i), i);
        }
        create("/deep", null);
        final StringBuilder deep = new StringBuilder("/deep");
        for (int i = 0; i < 40; i++)
        {
            create(deep.append('/').append(i).toString(), bytes("d"));
        }
        sequences();
        special();
        protectedOnes();
        multi();
    }

    private void sequences() throws KeeperException, InterruptedException
    {
        create("/queue", null);
        for (int i = 0; i < 20; i++)
        {
            final String name = client.create("/queue/n-", bytes("q"), Clients.open(),
                CreateMode.PERSISTENT_SEQUENTIAL);
            if (i % 3 == 0)
            {
                client.delete(name, -1);
            }
        }
    }

    private void special() throws KeeperException, InterruptedException
    {
        client.create("/container", bytes("c"), Clients.open(), CreateMode.CONTAINER);
        create("/container/child", null);
        client.create("/unused-container", null, Clients.open(), CreateMode.CONTAINER);
        client.create("/ttl", bytes("t"), Clients.open(), CreateMode.PERSISTENT_WITH_TTL, new Stat(), 123_456_789L);
        client.create("/ttl-seq-", null, Clients.open(), CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, new Stat(),
            987_654_321L);
        create("/limited", bytes("0123456789"));
        create("/limited/one", bytes("01234"));
        create("/zookeeper/quota/limited", null);
        create("/zookeeper/quota/limited/zookeeper_limits", bytes("count=1000,bytes=-1=;byteHardLimit=100000"));
        create("/zookeeper/quota/limited/zookeeper_stats", bytes("count=0,bytes=0"));
        create("/limited/two", bytes("0123456"));
    }

    private void protectedOnes() throws KeeperException, InterruptedException
    {
        client.create("/secret", bytes("s"), Clients.acl(Perms.ALL, "auth", ""), CreateMode.PERSISTENT);
        create("/by-address", bytes("a"));
        client.setACL("/by-address", Clients.acl(Perms.ALL, "ip", "127.0.0.1"), 0);
        client.setACL("/by-address", Clients.acl(Perms.ALL, "ip", "127.0.0.0/8"), 1);
        client.create("/read-only", bytes("r"), Clients.acl(Perms.READ, "world", "anyone"), CreateMode.PERSISTENT);
        for (int i = 0; i < 30; i++)
        {
            client.create("/acl-" + i, null, Clients.acl(i + 1 | Perms.READ, "world", "anyone"), CreateMode.PERSISTENT);
        }
    }

    private void multi() throws KeeperException, InterruptedException
    {
        create("/gone", null);
        client.multi(List.of(Op.create("/m1", bytes("1"), Clients.open(), CreateMode.PERSISTENT), Op.create("/m1/a",
            null, Clients.open(), CreateMode.PERSISTENT), Op.setData("/data", bytes("by multi"), -1),
            Op.delete("/gone",
                0),
            Op.check("/data", 6)));
        try
        {
            client.multi(List.of(Op.create("/never", null, Clients.open(), CreateMode.PERSISTENT), Op.check("/data",
                99)));
        }
        catch (final KeeperException.BadVersionException expected)
        {
            client.exists("/never", false);
        }
    }

    /** Creates sessions with ephemerals, and leaves them as clients do when their server goes away. */
    List<Held> sessions(final int count) throws IOException, InterruptedException, KeeperException
    {
        final List<Held> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            final ZooKeeper owner = Clients.connect(servers);
            owners.add(owner);
            final String path = "/live-" + owners.size();
            owner.create(path, bytes("e"), Clients.open(), CreateMode.EPHEMERAL);
            owner.create(path + "-seq-", null, Clients.open(), CreateMode.EPHEMERAL_SEQUENTIAL);
            sessions.add(Held.of(owner));
        }

        return sessions;
    }

    /** Opens a session and closes it again. */
    void passingSession() throws IOException, InterruptedException, KeeperException
    {
        final ZooKeeper owner = Clients.connect(servers);
        owner.create("/passing", null, Clients.open(), CreateMode.EPHEMERAL);
        owner.close();
    }

    /** Makes random changes below /churn, without waiting for each. */
    void churn(final Random random, final int count) throws KeeperException, InterruptedException
    {
        for (int i = 0; i < count; i++)
        {
            final String path = "/churn/" + random.nextInt(40);
            final String child = path + "/" + random.nextInt(3);
            switch (random.nextInt(7))
            {
                case 0 -> client.create(path, bytes("p" + i), Clients.open(), CreateMode.PERSISTENT, NOBODY, null);
                case 1 -> client.create(child, bytes("c" + i), Clients.acl(random.nextInt(31) + 1 | Perms.READ, "world",
                    "anyone"), CreateMode.PERSISTENT, NOBODY, null);
                case 2 -> client.create(path, bytes("e" + i), Clients.open(), CreateMode.EPHEMERAL, NOBODY, null);
                case 3 -> client.setData(path, bytes("s" + i), -1, (rc, at, context, stat) ->
                {
                }, null);
                case 4 -> client.delete(child, -1, (rc, at, context) ->
                {
                }, null);
                case 5 -> client.setACL(child, Clients.acl(random.nextInt(31) + 1 | Perms.READ, "world", "anyone"), -1,
                    (rc, at, context, stat) ->
                    {
                    }, null);
                default -> client.delete(path, -1, (rc, at, context) ->
                {
                }, null);
            }
        }
        client.exists("/churn", false);
    }

    void create(final String path, final byte[] data) throws KeeperException, InterruptedException
    {
        client.create(path, data, Clients.open(), CreateMode.PERSISTENT);
    }

    static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The server is gone by now, so closing the client closes no session. */
    @Override
    public void close()
    {
        try
        {
            client.close();
            for (final ZooKeeper owner : owners)
            {
                owner.close();
            }
        }
        catch (final InterruptedException interruption)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients are closed", interruption);
        }
    }
}
