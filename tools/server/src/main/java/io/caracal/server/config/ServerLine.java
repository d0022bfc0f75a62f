/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server line of the configuration, parsed.
 *
 * @param serverId      of the member.
 * @param host          of the member, without brackets.
 * @param quorumPort    first port: UDP, for all streams to this member.
 * @param electionPort  second port: TCP, for its silent links.
 * @param isObserver    whether the member has no vote.
 * @param clientAddress of the client port, null for all addresses.
 * @param clientPort    -1 when the line has none.
 */
public record ServerLine(long serverId, String host, int quorumPort, int electionPort, boolean isObserver,
    String clientAddress, int clientPort)
{
    /** The syntax of a line, for messages. */
    static final String SYNTAX = "host:port:port[:participant or :observer][;[address:]clientPort]";

    private static final String HOST = "(\\[[0-9a-fA-F:.%]+\\]|[^:;\\[\\]\\s]+)";
    private static final String SERVER = HOST + ":(\\d{1,5}):(\\d{1,5})(?::\\s*((?i:participant|observer))\\s*)?";
    private static final String CLIENT = "(?:" + HOST + ":)?(\\d{1,5})";
    /**
     * Empty parts at the end are accepted, as in ZooKeeper: generated lines may end with the colon of a missing role.
     */
    private static final Pattern PATTERN = Pattern.compile(SERVER + ":*(?:;" + CLIENT + ":*)?;*");
    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** Parses a line; returns null when it is invalid. */
    static ServerLine parse(final long serverId, final String text)
    {
        final Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches())
        {
            return null;
        }

        final ServerLine line = new ServerLine(serverId, bare(matcher.group(1)), Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)), "observer".equalsIgnoreCase(matcher.group(4)), bare(matcher.group(5)),
            matcher.group(6) == null ? -1 : Integer.parseInt(matcher.group(6)));
        return isPort(line.quorumPort) && isPort(line.electionPort) && line.clientPort <= 65535 ? line : null;
    }

    private static String bare(final String host)
    {
        return host != null && host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isPort(final int port)
    {
        return 0 < port && port <= 65535;
    }

    /**
     * The line as {@code /zookeeper/config} shows it. The role is always written, the client address only when the line
     * has a client port.
     *
     * @return {@code server.N=host:A:B:role[;address:port]}.
     */
    public String text()
    {
        final String client = clientPort < 0 ? "" : ";" + delimited(clientAddress == null ? ALL_ADDRESSES :
            clientAddress) +
            ":" + clientPort;
        return "server." + serverId + "=" + quorumAddress() + ":" + electionPort + ":" +
            (isObserver ? "observer" : "participant") + client;
    }

    /**
     * The address of the first port.
     *
     * @return {@code host:port}, with brackets around an address of IPv6.
     */
    public String quorumAddress()
    {
        return delimited(host) + ":" + quorumPort;
    }

    private static String delimited(final String address)
    {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}
