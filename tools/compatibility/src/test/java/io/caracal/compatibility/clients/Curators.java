/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

/** Connected Curator clients. */
final class Curators
{
    static final long TIMEOUT_S = 60;

    private Curators()
    {
    }

    static CuratorFramework start(final ServerKind kind) throws InterruptedException
    {
        final CuratorFramework curator = CuratorFrameworkFactory.newClient(Loopback.text(SharedServers.of(kind)
            .address()),
            20_000, 15_000, new RetryOneTime(100));
        curator.start();

        if (!curator.blockUntilConnected((int)TIMEOUT_S, TimeUnit.SECONDS))
        {
            curator.close();
            throw new AssertionError("Curator did not connect");
        }

        return curator;
    }
}
