/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Address, ports and directory of one server of an ensemble.
 *
 * @param id           from 1.
 * @param host         IPv4 address that it listens on.
 * @param dir          of its own.
 * @param clientPort   of clients.
 * @param quorumPort   first port of its line.
 * @param electionPort second port of its line.
 */
record Member(int id, String host, Path dir, int clientPort, int quorumPort, int electionPort)
{
    String line()
    {
        return "server." + id + "=" + host + ":" + quorumPort + ":" + electionPort + "\n";
    }

    Path data()
    {
        return dir.resolve("data");
    }

    InetSocketAddress address()
    {
        return new InetSocketAddress(host, clientPort);
    }
}
