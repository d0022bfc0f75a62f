/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.transport.ClientTransport;
import io.caracal.transport.TransportContext;
import io.caracal.transport.tcp.SelectIdle;
import io.caracal.transport.tcp.TcpTransport;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** Opens the port for clients, or says why it cannot be had and what to do. */
final class ClientPort
{
    private ClientPort()
    {
    }

    static ClientTransport open(final TransportContext context, final InetSocketAddress address, final SelectIdle idle)
    {
        try
        {
            return TcpTransport.open(context, idle);
        }
        catch (final UncheckedIOException ex)
        {
            if (ex.getCause() instanceof BindException)
            {
                throw new LaunchException(ExitCode.UNEXPECTED, ex.getMessage() + "; " +
                    PortAdvice.of(address, false) + ", or set another clientPort or clientPortAddress", ex);
            }

            throw ex;
        }
    }
}
