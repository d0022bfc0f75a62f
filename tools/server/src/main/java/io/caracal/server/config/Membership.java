/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The servers that a configuration names. Immutable. */
public final class Membership
{
    private final List<ServerLine> servers;
    private final boolean isStandaloneEnabled;

    private Membership(final List<ServerLine> servers, final boolean isStandaloneEnabled)
    {
        this.servers = List.copyOf(servers);
        this.isStandaloneEnabled = isStandaloneEnabled;
    }

    /**
     * Reads the server lines of settings.
     *
     * @param settings with which a server can start.
     * @return the members, possibly none.
     */
    public static Membership of(final Settings settings)
    {
        final List<ServerLine> servers = new ArrayList<>();
        settings.numbered(ServerProperty.SERVERS)
            .forEach((id, line) -> servers.add(ServerLine.parse(id, line.value())));
        servers.sort(Comparator.comparingLong(ServerLine::serverId));
        return new Membership(servers, settings.flag(ServerProperty.STANDALONE_ENABLED));
    }

    /**
     * Whether a quorum decides. A single server line means a standalone server, unless {@code standaloneEnabled=false}.
     *
     * @return false for a server that decides alone.
     */
    public boolean isEnsemble()
    {
        return servers.size() > 1 || (servers.size() == 1 && !isStandaloneEnabled);
    }

    /**
     * The lines of all members.
     *
     * @return by ascending id.
     */
    public List<ServerLine> servers()
    {
        return servers;
    }

    /**
     * Returns the line of one member.
     *
     * @param serverId of the member.
     * @return the line, or null when there is none.
     */
    public ServerLine server(final long serverId)
    {
        return servers.stream().filter(server -> server.serverId() == serverId).findFirst().orElse(null);
    }

    /**
     * The ids of the members that vote.
     *
     * @return ascending.
     */
    public long[] voters()
    {
        return servers.stream().filter(server -> !server.isObserver()).mapToLong(ServerLine::serverId).toArray();
    }

    /**
     * The ids of the members that do not vote.
     *
     * @return ascending.
     */
    public long[] observers()
    {
        return servers.stream().filter(ServerLine::isObserver).mapToLong(ServerLine::serverId).toArray();
    }

    /**
     * The text of {@code /zookeeper/config}, without its version line.
     *
     * @return one line per member, each with a line end.
     */
    public String text()
    {
        return servers.stream().map(server -> server.text() + "\n").collect(Collectors.joining());
    }
}
