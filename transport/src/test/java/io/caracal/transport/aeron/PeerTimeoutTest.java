/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers may wait for each other as long as an operator wants, which is longer than Aeron itself ever waits. */
class PeerTimeoutTest
{
    @ParameterizedTest
    @ValueSource(longs = { 18, 60, 3600 })
    void shouldLinkWithALongPeerTimeout(final long timeoutS)
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.peerTimeoutNs(TimeUnit.SECONDS.toNanos(timeoutS)),
            1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.exchange(1, 2);
        }
    }
}
