/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** What links need of the port that owns them. */
interface LinkWorld
{
    PeerContext context();

    NameResolver resolver();

    SelectorRegistration registration();

    LinkCodec codec();

    RandomGenerator random();

    /** Whether the driver runs, so that links can be made. */
    boolean isReady();

    /** Streams for a new attempt. */
    Generation generation(long serverId, int[] outIds, int[] inIds, long ownToken);

    /** Where the others shall send streams to; a wildcard address: to where this server speaks from. */
    InetSocketAddress announcedAddress();

    /** Ends a silent link in good order: what was sent arrives before its end. */
    void linger(SilentLink link);
}
