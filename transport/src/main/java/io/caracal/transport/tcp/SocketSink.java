/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Takes over sockets that were accepted and admitted. */
@FunctionalInterface
interface SocketSink
{
    /**
     * Takes over a new socket. The receiver must close it, and then let its address leave the {@link Admission}.
     *
     * @param channel as accepted.
     * @param remote  its peer.
     */
    void onSocket(SocketChannel channel, InetSocketAddress remote);
}
