/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.ClientTransport;
import io.caracal.transport.TransportContext;

/** Opens the client transport that a context asks for. */
public final class TcpTransport
{
    private TcpTransport()
    {
    }

    /**
     * Begins to listen and returns a transport that is ready to be polled. Clients are accepted from the first poll on.
     *
     * @param context concluded.
     * @param idle    of the engine's loop. The caller closes it after the transport.
     * @return the transport, to be closed by the caller.
     * @throws java.io.UncheckedIOException when an address cannot be listened on.
     */
    public static ClientTransport open(final TransportContext context, final SelectIdle idle)
    {
        return switch (context.threading())
        {
            case SHARED -> new TcpGateway(context, idle);
            case DEDICATED -> new RingClientPort(context, idle::wakeup);
        };
    }
}
