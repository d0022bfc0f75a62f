/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.launch.ProcessUser;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan of an ensemble on the loopback address of this machine: its members with their ports and directories.
 *
 * @param members participants first, by ascending id from 1.
 */
public record EnsemblePlan(List<Member> members)
{
    /** The only address on which members listen. */
    static final String HOST = "127.0.0.1";
    /** Maximum number of servers of such an ensemble. */
    public static final int MEMBERS_MAX = 32;

    private static final int PORTS_PER_MEMBER = 3;
    private static final int QUORUM_PORT_DISTANCE = 100;
    private static final int ELECTION_PORT_DISTANCE = 200;

    /**
     * One server of the ensemble.
     *
     * @param serverId     N of its line server.N.
     * @param isObserver   whether it has no vote.
     * @param dataDir      of the server.
     * @param clientPort   on which clients connect.
     * @param quorumPort   UDP port for the other servers.
     * @param electionPort TCP port for the other servers.
     */
    public record Member(long serverId, boolean isObserver, Path dataDir, int clientPort, int quorumPort,
        int electionPort)
    {
        /**
         * The key of this member's line in the configuration.
         *
         * @return {@code server.N}.
         */
        public String key()
        {
            return "server." + serverId;
        }

        /**
         * The value of this member's line in the configuration.
         *
         * @return host, ports and role, as in a {@code zoo.cfg}.
         */
        public String line()
        {
            return HOST + ":" + quorumPort + ":" + electionPort + ":" + (isObserver ? "observer" : "participant") +
                ";" +
                HOST + ":" + clientPort;
        }

        /**
         * Where clients connect to this member.
         *
         * @return {@code host:port}.
         */
        public String address()
        {
            return HOST + ":" + clientPort;
        }
    }

    /**
     * Plans an ensemble on ports that are free at this moment.
     *
     * @param participants 1 or more; they vote.
     * @param observers    0 or more.
     * @param directory    in which each member gets its own directory.
     * @return the plan; nothing is created yet.
     * @throws LaunchException when there are not enough free ports.
     */
    public static EnsemblePlan onFreePorts(final int participants, final int observers, final Path directory)
    {
        return on(freePorts(participants + observers), participants, observers, directory);
    }

    /** Plans an ensemble on the given ports, as many as {@link #freePorts} returns for this number of servers. */
    static EnsemblePlan on(final int[] freePorts, final int participants, final int observers, final Path directory)
    {
        final PrimitiveIterator.OfInt ports = IntStream.of(freePorts).iterator();
        final List<Member> members = new ArrayList<>();
        for (int i = 0; i < participants + observers; i++)
        {
            members.add(new Member(i + 1, i >= participants, directory.resolve(Integer.toString(i + 1)), ports.next(),
                ports.next(), ports.next()));
        }

        return new EnsemblePlan(members);
    }

    /** Finds as many free ports as this number of servers needs. They are free at this moment. */
    static int[] freePorts(final int servers)
    {
        try
        {
            return FreePorts.find(PORTS_PER_MEMBER * servers);
        }
        catch (final UncheckedIOException tooFew)
        {
            throw new LaunchException(ExitCode.UNEXPECTED, tooFew.getCause().getMessage(), tooFew);
        }
    }

    /**
     * Plans an ensemble whose ports are all derived from the first client port.
     *
     * @param participants 1 or more; they vote.
     * @param observers    0 or more.
     * @param directory    in which each member gets its own directory.
     * @param basePort     client port of the first member, up to {@link #basePortMax()}.
     * @return the plan; nothing is created yet.
     */
    public static EnsemblePlan onPorts(final int participants, final int observers, final Path directory,
        final int basePort)
    {
        return new EnsemblePlan(IntStream.range(0, participants + observers)
            .mapToObj(i -> new Member(i + 1, i >= participants, directory.resolve(Integer.toString(i + 1)), basePort +
                i,
                basePort + QUORUM_PORT_DISTANCE + i, basePort + ELECTION_PORT_DISTANCE + i))
            .toList());
    }

    /**
     * The highest first client port with which all derived ports are still valid.
     *
     * @return a port.
     */
    public static int basePortMax()
    {
        return 65_535 - ELECTION_PORT_DISTANCE - MEMBERS_MAX;
    }

    /**
     * Creates the directories, and in each the file that says which server it belongs to.
     *
     * @throws LaunchException      when they hold the data of an ensemble with more servers, or with other voters.
     * @throws UncheckedIOException when they cannot be made.
     */
    public void prepare()
    {
        takeDirectory(members.get(0).dataDir().getParent());
        for (final Member member : members)
        {
            try
            {
                Files.createDirectories(member.dataDir());
                Files.writeString(member.dataDir().resolve("myid"), member.serverId() + "\n");
            }
            catch (final IOException ex)
            {
                throw notMade(member.dataDir(), ex);
            }
        }
    }

    private void takeDirectory(final Path directory)
    {
        try
        {
            new EnsembleDirectory(directory).take((int)members.stream().filter(member -> !member.isObserver()).count(),
                members.size());
        }
        catch (final IOException ex)
        {
            throw notMade(directory, ex);
        }
    }

    private static UncheckedIOException notMade(final Path directory, final IOException cause)
    {
        return new UncheckedIOException(directory + " cannot be made (" + DataDirectory.reason(cause) +
            "); name another --dir, or give this one to the user " + ProcessUser.name(), cause);
    }

    /**
     * Creates the context of a member of this ensemble.
     *
     * @param member of this plan.
     * @return a context with its data directory and the lines of all members.
     */
    public ServerContext context(final Member member)
    {
        final ServerContext context = new ServerContext().dataDir(member.dataDir());
        members.forEach(each -> context.set(each.key(), each.line()));
        return context;
    }

    /**
     * Where clients connect: the addresses of all members.
     *
     * @return a connect string.
     */
    public String connectString()
    {
        return members.stream().map(Member::address).collect(Collectors.joining(","));
    }
}
