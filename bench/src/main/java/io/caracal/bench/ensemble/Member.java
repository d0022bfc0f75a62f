/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where one server of an ensemble lives; all on 127.0.0.1.
 *
 * @param id           from 1.
 * @param dir          of its own.
 * @param clientPort   of clients.
 * @param quorumPort   first port of its line.
 * @param electionPort second port of its line.
 */
record Member(int id, Path dir, int clientPort, int quorumPort, int electionPort)
{
    static final String HOST = "127.0.0.1";

    String line()
    {
        return "server." + id + "=" + HOST + ":" + quorumPort + ":" + electionPort + "\n";
    }

    Path data()
    {
        return dir.resolve("data");
    }

    InetSocketAddress address()
    {
        return new InetSocketAddress(loopback(), clientPort);
    }

    static InetAddress loopback()
    {
        try
        {
            return InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 });
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
