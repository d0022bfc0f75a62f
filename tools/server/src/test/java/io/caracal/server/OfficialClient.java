/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Opens sessions with ZooKeeper's own client. */
public final class OfficialClient
{
    private static final int TIMEOUT_MS = 30_000;

    private OfficialClient()
    {
    }

    /**
     * Opens a session and waits until it is connected.
     *
     * @param connectString of a server or an ensemble.
     * @return a connected client, to be closed by the caller.
     */
    public static ZooKeeper connect(final String connectString) throws Exception
    {
        final CountDownLatch connected = new CountDownLatch(1);
        final ZooKeeper client = new ZooKeeper(connectString, TIMEOUT_MS, event ->
        {
            if (event.getState() == KeeperState.SyncConnected)
            {
                connected.countDown();
            }
        });
        if (!connected.await(TIMEOUT_MS, TimeUnit.MILLISECONDS))
        {
            client.close();
            throw new AssertionError("no session with " + connectString + " within " + TIMEOUT_MS + " ms");
        }

        return client;
    }
}
