/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** The official Java client, connected. */
public final class Official extends ZooKeeper
{
    public static final int SESSION_TIMEOUT_MS = 20_000;
    public static final List<ACL> OPEN = Collections.singletonList(new ACL(31, new Id("world", "anyone")));
    public static final List<ACL> CREATOR = Collections.singletonList(new ACL(31, new Id("auth", "")));

    private Official(final String connectString, final int timeoutMs, final Watcher watcher,
        final ZKClientConfig config) throws IOException
    {
        super(connectString, timeoutMs, watcher, true, config);
    }

    public static Official connect(final ServerUnderTest server) throws IOException, InterruptedException
    {
        return connect(Loopback.text(server.address()), new Watched());
    }

    public static Official connect(final String connectString, final Watched watched) throws IOException,
        InterruptedException
    {
        return connect(connectString, watched, SESSION_TIMEOUT_MS);
    }

    public static Official connect(final String connectString, final Watched watched, final int timeoutMs)
        throws IOException, InterruptedException
    {
        return connect(connectString, watched, timeoutMs, config());
    }

    /** The configuration that all of these clients share. */
    static ZKClientConfig config()
    {
        final ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        return config;
    }

    static Official connect(final String connectString, final Watched watched, final int timeoutMs,
        final ZKClientConfig config) throws IOException, InterruptedException
    {
        final Official client = new Official(connectString, timeoutMs, watched, config);
        boolean connected = false;

        try
        {
            watched.awaitState(Watcher.Event.KeeperState.SyncConnected);
            connected = true;
        }
        finally
        {
            if (!connected)
            {
                client.close();
            }
        }

        return client;
    }

    /** Waits until every event of what is committed by now has been delivered. Replies come after events. */
    void awaitEvents(final String path) throws InterruptedException
    {
        final CountDownLatch delivered = new CountDownLatch(1);
        sync(path, (rc, synced, context) -> delivered.countDown(), null);
        if (!delivered.await(Watched.TIMEOUT_MS, TimeUnit.MILLISECONDS))
        {
            throw new AssertionError("sync of " + path + " not answered within " + Watched.TIMEOUT_MS + " ms");
        }
    }

    @Override
    public synchronized void close()
    {
        try
        {
            super.close();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while closing a client", ex);
        }
    }
}
