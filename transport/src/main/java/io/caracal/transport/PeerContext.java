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
    /** Members of an ensemble, at most. */
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
     * Validates the settings, fills in those that depend on others, and freezes them. Looks the own host name up,
     * unless addresses to listen on were given.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is missing or out of its range; the message names it.
     * @throws IllegalStateException    when it is concluded already, or the own host name is not known.
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
     * Sets the own server id.
     *
     * @param value that of one of the members.
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
     * Adds a member, this server included.
     *
     * @param member its id comes once.
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
     * The own entry among the members.
     *
     * @return this server.
     * @throws IllegalArgumentException when the own server id is that of no member.
     */
    public PeerMember self()
    {
        return members.stream().filter(member -> member.serverId() == serverId).findFirst().orElseThrow(
            () -> new IllegalArgumentException("server " + serverId + " is no member"));
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
     * Hash of the set of voters. Addresses are no part of it.
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
     * Addresses to listen on, where they differ from what the own member entry says.
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
     * Listens on all addresses of this machine ({@code quorumListenOnAllIPs}).
     *
     * @param value false: on the address of the own member entry only.
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
     * The data directory, which this process has locked. Its name gives the directory of term buffers theirs, and they
     * lie in it where shared memory is too small.
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
     * Where shared memory is mounted.
     *
     * @param value a directory; one that does not exist has no room.
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
     * The engine's time-out for silent peers. Aeron's own are three times that, so that it never decides.
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
     * How long an attempt to link may take, and a connection to say who it is.
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
     * The longest message.
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
     * The longest UDP payload. Above what the network carries in one piece, a lost piece loses the whole. Two servers
     * use the smaller of what each says. Default: 8192 where the interface of the own address carries that, else 1408.
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
     * Whether streams can be sent in packets of a length.
     *
     * @param value bytes.
     * @return false when that is too little, too much, or not aligned.
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
     * Bytes that a sender may be ahead of a receiver. Less where the system allows smaller socket buffers, or where
     * half of a term is less.
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
     * Lengths of the terms of each stream; three terms are mapped for each stream and direction.
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
     * Direct memory for messages that are longer than one datagram. A sender that would exceed it is pressed back; a
     * receiver that would, ends the generation.
     *
     * @param value bytes; 0: half of the largest heap, but room for one message of each stream.
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
     * Names this process. Another process with the same server id is told from this one by it.
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
     * Whether Aeron's driver runs on the engine's thread or on one of its own.
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
     * What the loop, and the driver's own if it has one, does without work.
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
     * Makes the driver's thread and the one that looks up names.
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
     * The monotonic clock.
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
     * Who is told what happens.
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
