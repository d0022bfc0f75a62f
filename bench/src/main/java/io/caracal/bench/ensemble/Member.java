/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Address, ports and directory of one server of an ensemble.
 *
 * @param id           from 1.
 * @param host         IPv4 address that the server listens on.
 * @param dir          own directory of the server.
 * @param clientPort   port for clients.
 * @param quorumPort   first port of its line in the configuration.
 * @param electionPort second port of its line in the configuration.
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
