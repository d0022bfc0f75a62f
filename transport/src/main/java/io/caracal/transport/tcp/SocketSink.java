/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Takes over sockets that were accepted and admitted. */
@FunctionalInterface
interface SocketSink
{
    /**
     * A new socket, to be closed, and its address to leave the {@link Admission}, by the one who takes it.
     *
     * @param channel as accepted.
     * @param remote  its peer.
     */
    void onSocket(SocketChannel channel, InetSocketAddress remote);
}
