/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Settings of the links between servers. Set what differs from the defaults, then {@link #conclude()}: it validates and
 * freezes.
 * <ul>
 * <li>who they are: {@link #serverId(long)}, {@link #member}, {@link #processId(long)}</li>
 * <li>where they are: {@link #listen}, {@link #listensOnAllAddresses}, {@link #dataDirectory(Path)},
 * {@link #sharedMemory(Path)}</li>
 * <li>how long it may take: {@link #peerTimeoutNs(long)}, {@link #linkTimeoutNs(long)}</li>
 * <li>how much goes over the network at a time: {@link #messageLengthMax(int)}, {@link #mtuLength(int)},
 * {@link #windowLength(int)}, {@link #termLengths}, {@link #bufferBytesMax(long)}</li>
 * <li>on which threads: {@link #threading(Threading)}, {@link #idleMode(IdleMode)}, {@link #threadFactory}</li>
 * <li>whom they work with: {@link #nanoClock}, {@link #events}</li>
 * </ul>
 */
public final class PeerContext
{
    /** Maximum number of members of an ensemble. */
    public static final int MEMBERS_MAX = 255;

    private static final int TERM_LENGTH_LEAST = 64 << 10;
    private static final int MESSAGE_LENGTH_LIMIT = 1 << 30;
    private static final int MTU_LEAST = InterfaceMtu.LEAST_LENGTH;
    private static final int MTU_LIMIT = 65_504;
    private static final int MTU_GRANULE = InterfaceMtu.GRANULE;

    private final List<PeerMember> members = new ArrayList<>();
    private long serverId = -1;
    private InetSocketAddress udpAddress;
    private InetSocketAddress tcpAddress;
    private boolean listensOnAllAddresses;
    private Path dataDirectory;
    private Path sharedMemory = Path.of("/dev/shm");
    private long peerTimeoutNs = TimeUnit.SECONDS.toNanos(1);
    private long linkTimeoutNs = TimeUnit.SECONDS.toNanos(2);
    private int messageLengthMax = 4 << 20;
    private int mtuLength;
    private int windowLength = 1 << 20;
    private int liveTermLength = 4 << 20;
    private int requestsTermLength = 1 << 20;
    private int bulkTermLength = 4 << 20;
    private long bufferBytesMax;
    private long processId;
    private Threading threading = Threading.SHARED;
    private IdleMode idleMode = IdleMode.BLOCK;
    private ThreadFactory threadFactory = Thread::new;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private PeerEvents events = PeerEvents.NONE;
    private boolean concluded;

    /**
     * Validates the settings, derives those that depend on others, and freezes them. Looks up this server's own host
     * name, unless addresses to listen on were given.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is missing or out of its range; the message names it.
     * @throws IllegalStateException    when the context is concluded already, or the own host name is not known.
     */
    public PeerContext conclude()
    {
        change();
        members.sort(Comparator.comparingLong(PeerMember::serverId));
        require(members.size() <= MEMBERS_MAX, "an ensemble has at most " + MEMBERS_MAX + " members");

        for (int i = 1; i < members.size(); i++)
        {
            require(members.get(i - 1).serverId() != members.get(i).serverId(), "two members have one server id");
        }

        require(dataDirectory != null, "dataDirectory is not set");
        require(peerTimeoutNs > 0, "peerTimeoutNs must be greater than 0");
        require(linkTimeoutNs > 0, "linkTimeoutNs must be greater than 0");
        require(messageLengthMax > 0 && messageLengthMax <= MESSAGE_LENGTH_LIMIT, "messageLengthMax must be 1 to 2^30");
        requireTermLength(liveTermLength);
        requireTermLength(requestsTermLength);
        requireTermLength(bulkTermLength);
        deriveDefaults();
        require(isMtuLength(mtuLength), "mtuLength must be a multiple of 32 from 576 to 65504");
        require(windowLength >= mtuLength, "windowLength must not be below mtuLength");
        concluded = true;

        return this;
    }

    /**
     * Sets this server's id.
     *
     * @param value the id of one of the members.
     * @return this.
     */
    public PeerContext serverId(final long value)
    {
        change();
        serverId = value;
        return this;
    }

    public long serverId()
    {
        return serverId;
    }

    /**
     * Adds a member. This server has to be added as well.
     *
     * @param member with an id that no other member has.
     * @return this.
     */
    public PeerContext member(final PeerMember member)
    {
        change();
        members.add(member);
        return this;
    }

    public List<PeerMember> members()
    {
        return List.copyOf(members);
    }

    /**
     * This server's own entry among the members.
     *
     * @return this server.
     * @throws IllegalArgumentException when no member has this server's id.
     */
    public PeerMember self()
    {
        return members.stream().filter(member -> member.serverId() == serverId).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("server " + serverId + " is no member"));
    }

    /**
     * Server ids of the voters.
     *
     * @return ascending.
     */
    public long[] voters()
    {
        return members.stream().filter(PeerMember::isVoter).mapToLong(PeerMember::serverId).sorted().toArray();
    }

    /**
     * Hash of the set of voters. Their addresses do not count.
     *
     * @return equal for equal sets.
     */
    public long voterSetHash()
    {
        final CRC32C crc = new CRC32C();
        final long[] voters = voters();

        for (final long voter : voters)
        {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE)
            {
                crc.update((int)(voter >>> shift));
            }
        }

        return (long)voters.length << Integer.SIZE | crc.getValue();
    }

    /**
     * Sets the addresses to listen on, if they differ from this server's member entry.
     *
     * @param udp of the streams.
     * @param tcp of the silent links.
     * @return this.
     */
    public PeerContext listen(final InetSocketAddress udp, final InetSocketAddress tcp)
    {
        change();
        udpAddress = udp;
        tcpAddress = tcp;
        return this;
    }

    /**
     * Sets whether to listen on all addresses of this machine ({@code quorumListenOnAllIPs}).
     *
     * @param value false: only on the address of this server's member entry.
     * @return this.
     */
    public PeerContext listensOnAllAddresses(final boolean value)
    {
        change();
        listensOnAllAddresses = value;
        return this;
    }

    public InetSocketAddress udpAddress()
    {
        return udpAddress;
    }

    public InetSocketAddress tcpAddress()
    {
        return tcpAddress;
    }

    /**
     * Sets the data directory, which this process has locked. The directory of the term buffers is named after it, and
     * lies in it if shared memory is too small.
     *
     * @param value existing directory.
     * @return this.
     */
    public PeerContext dataDirectory(final Path value)
    {
        change();
        dataDirectory = value;
        return this;
    }

    public Path dataDirectory()
    {
        return dataDirectory;
    }

    /**
     * Sets where shared memory is mounted.
     *
     * @param value a directory; one that does not exist counts as having no room.
     * @return this.
     */
    public PeerContext sharedMemory(final Path value)
    {
        change();
        sharedMemory = value;
        return this;
    }

    public Path sharedMemory()
    {
        return sharedMemory;
    }

    /**
     * Sets the engine's time-out for silent peers. Aeron's own time-outs are three times as long, so that Aeron never
     * decides.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public PeerContext peerTimeoutNs(final long value)
    {
        change();
        peerTimeoutNs = value;
        return this;
    }

    public long peerTimeoutNs()
    {
        return peerTimeoutNs;
    }

    /**
     * Sets how long each step of an attempt to link may take, and how long an accepted connection may take to say who
     * it is.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public PeerContext linkTimeoutNs(final long value)
    {
        change();
        linkTimeoutNs = value;
        return this;
    }

    public long linkTimeoutNs()
    {
        return linkTimeoutNs;
    }

    /**
     * Sets the length of the longest message.
     *
     * @param value bytes, 1 to 2^30, at least twice the longest request of a client.
     * @return this.
     */
    public PeerContext messageLengthMax(final int value)
    {
        change();
        messageLengthMax = value;
        return this;
    }

    public int messageLengthMax()
    {
        return messageLengthMax;
    }

    /**
     * Sets the longest UDP payload. If it is longer than the network carries in one piece, the loss of one piece loses
     * the whole. Two servers use the smaller of their two values. Default: 8192 if the interface of the own address
     * carries that, else 1408.
     *
     * @param value bytes, a multiple of 32 from 576 to 65504.
     * @return this.
     */
    public PeerContext mtuLength(final int value)
    {
        change();
        mtuLength = value;
        return this;
    }

    /**
     * Whether streams can be sent in packets of the given length.
     *
     * @param value bytes.
     * @return false when the length is too small, too large, or not aligned.
     */
    public static boolean isMtuLength(final int value)
    {
        return value >= MTU_LEAST && value <= MTU_LIMIT && value % MTU_GRANULE == 0;
    }

    public int mtuLength()
    {
        return mtuLength;
    }

    /**
     * Sets how many bytes a sender may be ahead of a receiver at most. It is less if the system allows only smaller
     * socket buffers, if half of a term is less, or if the network loses packets when it is as much.
     *
     * @param value bytes, at least {@link #mtuLength(int)}.
     * @return this.
     */
    public PeerContext windowLength(final int value)
    {
        change();
        windowLength = value;
        return this;
    }

    public int windowLength()
    {
        return windowLength;
    }

    /**
     * Sets the lengths of the terms of each stream. Three terms are mapped for each stream and direction.
     *
     * @param live     of the live stream, bytes, a power of two, 64 KiB or more.
     * @param requests of the stream of requests.
     * @param bulk     of the bulk stream.
     * @return this.
     */
    public PeerContext termLengths(final int live, final int requests, final int bulk)
    {
        change();
        liveTermLength = live;
        requestsTermLength = requests;
        bulkTermLength = bulk;
        return this;
    }

    public int liveTermLength()
    {
        return liveTermLength;
    }

    public int requestsTermLength()
    {
        return requestsTermLength;
    }

    public int bulkTermLength()
    {
        return bulkTermLength;
    }

    /**
     * Sets the bound on direct memory for messages that are longer than one datagram. A sender that would exceed it
     * gets back-pressure; a receiver that would exceed it ends the generation.
     *
     * @param value bytes; 0: half of the largest heap, but at least eight times the longest message.
     * @return this.
     */
    public PeerContext bufferBytesMax(final long value)
    {
        change();
        bufferBytesMax = value;
        return this;
    }

    public long bufferBytesMax()
    {
        return bufferBytesMax;
    }

    /**
     * Sets the id of this process, which tells it from another process with the same server id.
     *
     * @param value any; 0: drawn at random.
     * @return this.
     */
    public PeerContext processId(final long value)
    {
        change();
        processId = value;
        return this;
    }

    public long processId()
    {
        return processId;
    }

    /**
     * Sets whether Aeron's driver runs on the engine's thread or on one of its own.
     *
     * @param value which.
     * @return this.
     */
    public PeerContext threading(final Threading value)
    {
        change();
        threading = value;
        return this;
    }

    public Threading threading()
    {
        return threading;
    }

    /**
     * Sets what the loop does without work, and also the driver's own loop, if it has one.
     *
     * @param value which.
     * @return this.
     */
    public PeerContext idleMode(final IdleMode value)
    {
        change();
        idleMode = value;
        return this;
    }

    public IdleMode idleMode()
    {
        return idleMode;
    }

    /**
     * Sets the factory of the driver's thread and of the threads that look up names.
     *
     * @param value the factory.
     * @return this.
     */
    public PeerContext threadFactory(final ThreadFactory value)
    {
        change();
        threadFactory = value;
        return this;
    }

    public ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    /**
     * Sets the monotonic clock.
     *
     * @param value the clock.
     * @return this.
     */
    public PeerContext nanoClock(final NanoClock value)
    {
        change();
        nanoClock = value;
        return this;
    }

    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Sets who is told what happens to links.
     *
     * @param value the sink.
     * @return this.
     */
    public PeerContext events(final PeerEvents value)
    {
        change();
        events = value;
        return this;
    }

    public PeerEvents events()
    {
        return events;
    }

    private void deriveDefaults()
    {
        final PeerMember self = self();

        if (udpAddress == null || tcpAddress == null)
        {
            final InetAddress address = listensOnAllAddresses ? null : ownAddress(self.host());
            udpAddress = new InetSocketAddress(address, self.udpPort());
            tcpAddress = new InetSocketAddress(address, self.tcpPort());
        }

        mtuLength = mtuLength == 0 ? InterfaceMtu.payloadLength(udpAddress.getAddress()) : mtuLength;

        if (bufferBytesMax == 0)
        {
            bufferBytesMax = Math.max(Runtime.getRuntime().maxMemory() / 2, 8L * messageLengthMax);
        }

        while (processId == 0)
        {
            processId = new SecureRandom().nextLong();
        }
    }

    private static InetAddress ownAddress(final String host)
    {
        try
        {
            return InetAddress.getByName(host);
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalStateException("the address of this server is not known: " + host, ex);
        }
    }

    private static void requireTermLength(final int length)
    {
        require(BitUtil.isPowerOfTwo(length) && length >= TERM_LENGTH_LEAST && length <= MESSAGE_LENGTH_LIMIT,
            "the length of a term must be a power of two from 64 KiB to 2^30");
    }

    private void change()
    {
        if (concluded)
        {
            throw new IllegalStateException("the context is concluded");
        }
    }

    private static void require(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalArgumentException(message);
        }
    }
}
