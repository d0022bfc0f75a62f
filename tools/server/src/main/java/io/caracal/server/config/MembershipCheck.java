/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;

import io.caracal.engine.session.SessionIds;
import io.caracal.engine.tree.EphemeralOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the server lines, each by itself and all together, and how long servers wait for each other. */
final class MembershipCheck
{
    private final Settings settings;
    private final Map<Long, CfgLine> lines;
    private final List<Finding> findings = new ArrayList<>();

    private MembershipCheck(final Settings settings)
    {
        this.settings = settings;
        this.lines = settings.numbered(ServerProperty.SERVERS);
    }

    /** Checks each line by itself, whatever else is wrong with the settings. */
    static List<Finding> ofLines(final Settings settings)
    {
        final MembershipCheck check = new MembershipCheck(settings);
        check.lines.forEach(check::judge);
        check.judgeDoubles();
        check.judgeDynamicFile();

        return check.findings;
    }

    /** Checks all lines together, once each setting by itself is valid. */
    static List<Finding> ofAll(final Settings settings)
    {
        final MembershipCheck check = new MembershipCheck(settings);
        check.judgeTogether(Membership.of(settings));

        return check.findings;
    }

    private void judge(final long serverId, final CfgLine line)
    {
        final EphemeralOwner owners = new EphemeralOwner(settings.flag(ServerProperty.EXTENDED_TYPES),
            settings.flag(ServerProperty.EMULATE_353_TTL));
        if (serverId < 1 || serverId > SessionIds.SERVER_ID_MAX)
        {
            find(REFUSE, line, line.key() + " has a server id that is not between 1 and " + SessionIds.SERVER_ID_MAX +
                "; give it another number");
        }
        else if (serverId > owners.serverIdMax())
        {
            find(REFUSE, line, line.key() + " has a server id above " + owners.serverIdMax() +
                ", and extendedTypesEnabled=true: sessions of that server would look like znodes with a time to live;" +
                " give it another number, or leave extended types off");
        }
        else if (!line.value().isEmpty() && ServerLine.parse(serverId, line.value()) == null)
        {
            find(REFUSE, line, line.key() + "=" + line.value() + " is not " + ServerLine.SYNTAX + (line.value()
                .contains("|") ? "; several addresses of one server are not available yet, leave one" : ""));
        }
    }

    /** Finds several lines of one server: the keys differ when the number is spelled differently. */
    private void judgeDoubles()
    {
        settings.lines().values().stream().filter(line -> KnownKeys.property(line.key()) == ServerProperty.SERVERS)
            .filter(line -> !lines.containsValue(line)).forEach(line -> find(REFUSE, line,
                line.key() + " names a server that has another line; leave one of them"));
    }

    /** Refuses the name of a file that nobody reads: without its lines this would be a server alone. */
    private void judgeDynamicFile()
    {
        final CfgLine line = settings.line(ServerProperty.DYNAMIC_CONFIG_FILE);
        if (line.origin() != Origin.FILE && line.origin() != Origin.DEFAULT)
        {
            find(REFUSE, line, line.key() + " is read from a configuration file only; write it into that file");
        }
    }

    private void judgeTogether(final Membership membership)
    {
        judgePorts(membership);
        if (membership.servers().isEmpty())
        {
            return;
        }

        final CfgLine first = lines.values().iterator().next();
        final int voters = membership.voters().length;
        if (voters == 0)
        {
            find(REFUSE, first, "all servers are observers, and nobody can decide; make at least one a participant");
        }
        else if (voters == 1 && membership.servers().size() > 1 && settings.flag(ServerProperty.STANDALONE_ENABLED))
        {
            find(REFUSE, first,
                "observers need a quorum, and one participant is a standalone server; add participants," +
                    " or write standaloneEnabled=false to let one decide alone");
        }
        else if (voters == 2)
        {
            find(WARN, first, "two participants go on only when both live; at least three are needed to lose one");
        }
        else if (voters % 2 == 0)
        {
            find(WARN, first, voters + " participants can lose no more servers than " + (voters - 1) +
                "; an odd number is better");
        }

        if (membership.isEnsemble())
        {
            judgeTimes();
        }
    }

    private void judgePorts(final Membership membership)
    {
        final Map<String, ServerLine> owners = new HashMap<>();
        for (final ServerLine server : membership.servers())
        {
            judgePort(owners, server, "udp " + server.host() + ":" + server.quorumPort());
            judgePort(owners, server, "tcp " + server.host() + ":" + server.electionPort());
            if (server.clientPort() > 0 &&
                (server.clientAddress() == null || server.clientAddress().equals(server.host())))
            {
                judgePort(owners, server, "tcp " + server.host() + ":" + server.clientPort());
            }
        }
    }

    private void judgePort(final Map<String, ServerLine> owners, final ServerLine server, final String port)
    {
        final ServerLine other = owners.put(port, server);
        if (other != null)
        {
            find(REFUSE, lines.get(server.serverId()), "server." + server.serverId() + " takes " + port +
                (other.equals(server) ? " twice" : ", which server." + other.serverId() + " has") +
                "; give it another port");
        }
    }

    private void judgeTimes()
    {
        final PeerTimes times = PeerTimes.of(settings);
        if (times.isLowered(settings))
        {
            final CfgLine line = settings.lines().getOrDefault(ServerProperty.PEER_TIMEOUT.key(),
                new CfgLine("", "", "default", Origin.DEFAULT));
            find(WARN, line, "peerHeartbeatMs and peerTimeoutMs are lowered to " + times.heartbeatMs() + " and " +
                times.timeoutMs() +
                ": together they stay below a third of minSessionTimeout, and below syncLimit ticks," +
                " here " + times.boundMs() + " ms");
        }
    }

    private void find(final Finding.Severity severity, final CfgLine line, final String message)
    {
        findings.add(new Finding(severity, line.where(), message));
    }
}
