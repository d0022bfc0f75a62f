/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * All figures of one server: counters, in a file in memory if there is one, and latency tracks. Each counter and each
 * track is written by one thread, except {@link Traffic} and {@link Stage#REPLY}, which the gateways' threads share.
 * Any thread may read.
 */
public final class ServerMetrics implements AutoCloseable
{
    private static final Count[] COUNTS = Count.values();
    private static final Gauge[] GAUGES = Gauge.values();

    private final CountersFile file;
    private final ByteBuffer privateMemory;
    private final AtomicCounter[] counts = new AtomicCounter[COUNTS.length];
    private final AtomicCounter[] gauges = new AtomicCounter[GAUGES.length];
    private final AtomicCounter[] traffic = new AtomicCounter[Traffic.values().length];
    private final AtomicCounter[] vitals = new AtomicCounter[Vital.values().length];
    private final LatencyTrack[] operations = new LatencyTrack[Operation.values().length];
    private final LatencyTrack[] stages = new LatencyTrack[Stage.values().length];
    private final LatencyTrack reads;
    private final LatencyTrack writes;
    private final LatencyTrack forces;
    private final LatencyTrack snapshots;
    private final LatencyTrack watchDeliveries;
    private final LatencyTrack stalls;
    private final UnsafeBuffer facts;
    private final ProposalSizes proposalSizes = new ProposalSizes();
    private final AmountTrack tokenDeficits = new AmountTrack();
    private final Namespaces namespaces = new Namespaces();
    private final MemberFigures members = new MemberFigures();
    private final RoleTimes roleTimes = new RoleTimes();
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    /** The counters' last values; null while the counters are live. */
    private IdentityHashMap<AtomicCounter, Long> lastValues;

    private ServerMetrics(final CountersFile file)
    {
        this.file = file;
        this.privateMemory = file == null ? privateMemory() : null;
        final CountersManager manager = file == null ? managerOf(privateMemory) : file.manager();
        for (final Count count : COUNTS)
        {
            counts[count.ordinal()] = manager.newCounter(label(count));
        }

        for (final Gauge gauge : GAUGES)
        {
            gauges[gauge.ordinal()] = manager.newCounter(label(gauge));
        }

        for (final Traffic kind : Traffic.values())
        {
            traffic[kind.ordinal()] = manager.newCounter(label(kind));
        }

        for (final Vital vital : Vital.values())
        {
            vitals[vital.ordinal()] = manager.newCounter(label(vital));
        }

        final LatencyRows rows = file == null ? null : file.rows();
        reads = track(rows, LatencyRows.READS);
        writes = track(rows, LatencyRows.WRITES);
        forces = track(rows, LatencyRows.FORCES);
        snapshots = track(rows, LatencyRows.SNAPSHOTS);
        watchDeliveries = track(rows, LatencyRows.WATCH_DELIVERIES);
        stalls = track(rows, LatencyRows.STALLS);
        facts = file == null ? new UnsafeBuffer(BufferUtil.allocateDirectAligned(CountersFile.FACTS_LENGTH,
            Long.BYTES)) : file.facts();
        Arrays.setAll(stages, i -> stage(rows, Stage.values()[i]));
        Arrays.setAll(operations, i -> track(rows, LatencyRows.OPERATION + Operation.values()[i].label()));
    }

    private static LatencyTrack track(final LatencyRows rows, final String name)
    {
        return new LatencyTrack(rows == null ? null : rows.add(name), false);
    }

    /**
     * Creates the track of a stage. The track of {@link Stage#REPLY} is shared, because replies leave on the threads of
     * the gateways.
     */
    private static LatencyTrack stage(final LatencyRows rows, final Stage stage)
    {
        return new LatencyTrack(rows == null ? null : rows.add(LatencyRows.STAGE + stage.label()),
            stage == Stage.REPLY);
    }

    /**
     * Creates figures that other processes can read.
     *
     * @param directory existing directory in memory.
     * @param header    describes the process that keeps them.
     * @return the figures, all zero.
     * @throws IOException when the file cannot be created.
     */
    public static ServerMetrics shared(final Path directory, final CountersHeader header) throws IOException
    {
        return new ServerMetrics(CountersFile.create(directory, header));
    }

    /**
     * Creates figures that only this process can read.
     *
     * @return the figures, all zero.
     */
    public static ServerMetrics unshared()
    {
        return new ServerMetrics(null);
    }

    private static ByteBuffer privateMemory()
    {
        return ByteBuffer.allocateDirect(
            CountersFile.COUNTERS_MAX * (CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH));
    }

    private static CountersManager managerOf(final ByteBuffer memory)
    {
        final int metadataLength = CountersFile.COUNTERS_MAX * CountersReader.METADATA_LENGTH;
        return new CountersManager(new UnsafeBuffer(memory, 0, metadataLength),
            new UnsafeBuffer(memory, metadataLength, CountersFile.COUNTERS_MAX * CountersReader.COUNTER_LENGTH),
            StandardCharsets.US_ASCII);
    }

    private static String label(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a counter of the engine.
     *
     * @param count which.
     * @return the counter; written by the engine's thread only.
     */
    public AtomicCounter count(final Count count)
    {
        return counts[count.ordinal()];
    }

    /**
     * Returns a gauge of the engine.
     *
     * @param gauge which.
     * @return the counter that holds it; written by the engine's thread only.
     */
    public AtomicCounter gauge(final Gauge gauge)
    {
        return gauges[gauge.ordinal()];
    }

    /**
     * Returns the sizes of proposals.
     *
     * @return the sizes; written by the engine's thread only.
     */
    public ProposalSizes proposalSizes()
    {
        return proposalSizes;
    }

    /**
     * Returns how many tokens the connection throttle's bucket lacked after each handshake that it let pass.
     *
     * @return the track; recorded by the engine's thread only.
     */
    public AmountTrack tokenDeficits()
    {
        return tokenDeficits;
    }

    RoleTimes roleTimes()
    {
        return roleTimes;
    }

    /**
     * Returns what is read and written, by the first element of the paths.
     *
     * @return figures of namespaces; written by the engine's thread only.
     */
    public Namespaces namespaces()
    {
        return namespaces;
    }

    /**
     * Returns what a leader measures of each member.
     *
     * @return figures of members; written by the engine's thread only.
     */
    public MemberFigures members()
    {
        return members;
    }

    /**
     * Returns a counter of the clients' sockets.
     *
     * @param kind which.
     * @return the counter; several threads may add to it.
     */
    public AtomicCounter traffic(final Traffic kind)
    {
        return traffic[kind.ordinal()];
    }

    /**
     * Returns the times from arrival to reply of one operation.
     *
     * @param operation which.
     * @return the track; recorded by the engine's thread only.
     */
    public LatencyTrack operation(final Operation operation)
    {
        return operations[operation.ordinal()];
    }

    /**
     * Returns the durations of a stage.
     *
     * @param stage which.
     * @return the track; recorded by the engine's thread only, except {@link Stage#REPLY}, which the gateways' threads
     *         record.
     */
    public LatencyTrack stage(final Stage stage)
    {
        return stages[stage.ordinal()];
    }

    /**
     * Returns the times from arrival to reply of requests that do not go through the journal.
     *
     * @return the track; recorded by the engine's thread only.
     */
    public LatencyTrack reads()
    {
        return reads;
    }

    /**
     * Returns the times from arrival to reply of requests that go through the journal.
     *
     * @return the track; recorded by the engine's thread only.
     */
    public LatencyTrack writes()
    {
        return writes;
    }

    /**
     * Returns the durations of the journal's forces.
     *
     * @return the track; recorded by the journal's thread only.
     */
    public LatencyTrack forces()
    {
        return forces;
    }

    /**
     * Returns the durations of snapshots, from the start until the file is in place.
     *
     * @return the track; recorded by the journal's bulk thread only.
     */
    public LatencyTrack snapshots()
    {
        return snapshots;
    }

    /**
     * Returns the times from the commit of a transaction until its watch events were handed to the sockets.
     *
     * @return the track; recorded by the engine's thread only.
     */
    public LatencyTrack watchDeliveries()
    {
        return watchDeliveries;
    }

    /**
     * Returns the durations of stalls, that is of duty cycles of at least {@link CountersSink#STALL_NS}.
     *
     * @return the track; recorded by the engine's thread only.
     */
    public LatencyTrack stalls()
    {
        return stalls;
    }

    /**
     * Returns a sign of life.
     *
     * @param vital which.
     * @return the counter that holds it.
     */
    public AtomicCounter vital(final Vital vital)
    {
        return vitals[vital.ordinal()];
    }

    /**
     * Returns the memory for facts about sessions.
     *
     * @return {@link CountersFile#FACTS_LENGTH} bytes, written by one thread; not to be used after {@link #close}.
     */
    public UnsafeBuffer facts()
    {
        return facts;
    }

    /**
     * Returns the value of a counter, to readers that may outlive the memory in which it is kept.
     *
     * @param counter a counter of this instance.
     * @return its value; after the figures were closed, its last value.
     */
    long value(final AtomicCounter counter)
    {
        life.readLock().lock();
        try
        {
            return lastValues == null ? counter.getAcquire() : lastValues.get(counter);
        }
        finally
        {
            life.readLock().unlock();
        }
    }

    /** Sets a counter to zero. Does nothing after the figures were closed. */
    void zero(final AtomicCounter counter)
    {
        life.readLock().lock();
        try
        {
            if (lastValues == null)
            {
                counter.setRelease(0);
            }
        }
        finally
        {
            life.readLock().unlock();
        }
    }

    LatencyTrack[] stageTracks()
    {
        return stages;
    }

    /** Makes the figures unavailable to other processes. Threads that end later can still write them. */
    public void withdraw()
    {
        if (file != null)
        {
            file.withdraw();
        }
    }

    /** Ends the counters. They must not be written any more; their last values can still be read. */
    @Override
    public void close()
    {
        life.writeLock().lock();
        try
        {
            lastValues = values();
            if (file == null)
            {
                BufferUtil.free(privateMemory);
            }
            else
            {
                file.close();
            }
        }
        finally
        {
            life.writeLock().unlock();
        }
    }

    private IdentityHashMap<AtomicCounter, Long> values()
    {
        final IdentityHashMap<AtomicCounter, Long> values = new IdentityHashMap<>();
        Stream.of(counts, gauges, traffic, vitals).flatMap(Stream::of).forEach(counter -> values.put(counter,
            counter.getAcquire()));

        return values;
    }
}
