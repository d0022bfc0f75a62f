/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/**
 * One configured server of the ensemble: {@code server.N=host:A:B[:role]}.
 *
 * @param serverId N.
 * @param host     name or literal address.
 * @param udpPort  A: for all streams to this server, 1 to 65535.
 * @param tcpPort  B: for its silent links, 1 to 65535.
 * @param isVoter  whether it takes part in quorums.
 */
public record PeerMember(long serverId, String host, int udpPort, int tcpPort, boolean isVoter)
{
    private static final int PORT_MAX = 65_535;

    /** Checks that the host is set and the ports are in range. */
    public PeerMember
    {
        if (host == null || host.isBlank())
        {
            throw new IllegalArgumentException("server." + serverId + " has no host");
        }

        if (!isPort(udpPort) || !isPort(tcpPort))
        {
            throw new IllegalArgumentException("server." + serverId + " needs two ports from 1 to " + PORT_MAX);
        }
    }

    private static boolean isPort(final int port)
    {
        return port > 0 && port <= PORT_MAX;
    }
}
