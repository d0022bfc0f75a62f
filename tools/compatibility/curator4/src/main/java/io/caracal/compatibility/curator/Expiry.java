/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.curator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** Ends a session behind Curator's back. Curator reports that, begins another session, and its recipes recover. */
final class Expiry
{
    private final String servers;
    private final CuratorFramework mine;
    private final CuratorFramework other;
    private final CountDownLatch lost = new CountDownLatch(1);
    private final CountDownLatch reconnected = new CountDownLatch(1);

    Expiry(final String servers, final CuratorFramework mine, final CuratorFramework other)
    {
        this.servers = servers;
        this.mine = mine;
        this.other = other;
    }

    void shouldPass() throws Exception
    {
        try (PersistentNode node = new PersistentNode(mine, CreateMode.EPHEMERAL, false, "/node", new byte[3]);
            LeaderLatch latch = new LeaderLatch(mine, "/latch", "first");
            LeaderLatch waiting = new LeaderLatch(other, "/latch", "second"))
        {
            mine.getConnectionStateListenable().addListener((from, state) -> onState(state));
            node.start();
            latch.start();
            latch.await();
            waiting.start();
            CuratorUser.await("both take part", () -> waiting.getParticipants().size() == 2);
            CuratorUser.await("the node is seen", () -> owner() != 0);
            final long owner = owner();
            endSession();
            CuratorUser.check(reconnected.await(CuratorUser.TIMEOUT_S, TimeUnit.SECONDS), "no other session");
            CuratorUser.await("another leads", waiting::hasLeadership);
            CuratorUser.await("the node is back", () -> owner() != 0 && owner() != owner);
            CuratorUser.await("both take part again", () -> waiting.getParticipants().size() == 2);
        }

        CuratorUser.passed("expiry");
    }

    private void onState(final ConnectionState state)
    {
        if (state == ConnectionState.LOST)
        {
            lost.countDown();
        }
        else if (state == ConnectionState.RECONNECTED && lost.getCount() == 0)
        {
            reconnected.countDown();
        }
    }

    private long owner() throws Exception
    {
        final Stat stat = other.checkExists().forPath("/node");
        return stat == null ? 0 : stat.getEphemeralOwner();
    }

    /**
     * Lets a second connection take the session over and close it. Repeats that if the first connection returns before
     * the close.
     */
    private void endSession() throws Exception
    {
        final ZooKeeper victim = mine.getZookeeperClient().getZooKeeper();
        final long id = victim.getSessionId();
        final byte[] password = victim.getSessionPasswd();
        CuratorUser.await("the session is lost", () ->
        {
            final ZooKeeper second = new ZooKeeper(servers, CuratorUser.SESSION_TIMEOUT_MS, event ->
            {
            }, id, password);
            CuratorUser.await("the session is taken or gone", () -> second.getState() == ZooKeeper.States.CONNECTED ||
                !second.getState().isAlive());
            second.close();
            return lost.await(3, TimeUnit.SECONDS);
        });
    }
}
