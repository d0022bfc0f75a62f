/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.record.Fact.Kind;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Everything that a server records about single requests and sessions. Creates the parts and connects them. */
public final class Recording implements AutoCloseable
{
    /** The name of ZooKeeper's audit logger, so that existing log configurations apply. */
    static final String AUDIT_LOGGER = "org.apache.zookeeper.audit.Slf4jAuditLogger";
    /** A stall or force that takes at least this long is recorded as a fact. */
    public static final long TELLING_MS = 100;

    /**
     * How many bytes of a request's body are kept so that its path is included, for the log of slow requests and for
     * the sample.
     */
    static final int PATH_BODY_MAX = 4096;
    /**
     * How many bytes of an audited request are examined. A longer request is logged all the same, but a longer create
     * without its znode type, and a longer multi as one line.
     */
    static final int AUDITED_BODY_MAX = 1 << 20;

    /** How many bytes a record may be longer than request and result together, because of address and identities. */
    private static final int RECORD_OVERHEAD = 128 * 1024;

    private final RecordRing ring;
    private final SlowRequests slow = new SlowRequests();
    private final HotPaths paths;
    private final Scribe scribe;
    private final RecordingSink sink;

    /**
     * What is recorded.
     *
     * @param slowMs    requests that take at least this long are logged as slow; 0 for none.
     * @param isAudited whether all writes are audited.
     * @param serverId  id of this server.
     * @param paths     how paths are counted.
     */
    public record Options(long slowMs, boolean isAudited, long serverId, PathSampling paths)
    {
    }

    /** What the scribe reads and writes. {@code audit} is null without an audit log. */
    record Parts(RecordRing ring, FactRing facts, SlowRequests slow, HotPaths paths, AuditLog audit, long slowMs,
        NanoClock clock, EpochClock epochClock)
    {
    }

    /**
     * Creates a recording that has not begun.
     *
     * @param options    what is recorded.
     * @param metrics    provide the memory for facts.
     * @param figures    sink of figures, which receives every event first.
     * @param clock      the clock that also stamps arrival times.
     * @param epochClock wall clock for the times that people read.
     * @param wakeLoop   wakes the engine's thread when it is idle; called on any thread, must not block.
     * @param onFailure  called when the scribe fails.
     */
    public Recording(final Options options, final ServerMetrics metrics, final CountersSink figures,
        final NanoClock clock, final EpochClock epochClock, final Runnable wakeLoop,
        final Consumer<Throwable> onFailure)
    {
        ring = new RecordRing(2 * (options.isAudited() ? AUDITED_BODY_MAX : PATH_BODY_MAX) + RECORD_OVERHEAD);
        final AuditLog audit = options.isAudited() ? new AuditLog(new AuditLines(AUDIT_LOGGER),
            new AuditFlush(AUDIT_LOGGER), System.getProperty("user.name")) : null;
        paths = new HotPaths(options.paths(), clock.nanoTime());
        scribe = new Scribe(new Parts(ring, new FactRing(metrics.facts()), slow, paths, audit, options.slowMs(), clock,
            epochClock), wakeLoop, onFailure);
        sink = new RecordingSink(options, ring, scribe, figures, figures.stopwatch(), clock);
    }

    /**
     * Returns the sink that receives all events of the engine.
     *
     * @return the sink, used by the engine's thread only.
     */
    public RecordingSink sink()
    {
        return sink;
    }

    /**
     * Returns the scribe, to be run by a thread of its own.
     *
     * @return a task that ends after {@link #end}.
     */
    public Runnable scribe()
    {
        return scribe;
    }

    /**
     * Changes which requests count as slow. Called on any thread.
     *
     * @param ms requests that take at least this long are logged from now on; 0 for none.
     */
    public void slowMs(final long ms)
    {
        sink.slowMs(ms);
        scribe.slowMs(ms);
    }

    /** Makes the scribe end once everything recorded so far is written. Called on any thread. */
    public void end()
    {
        scribe.end();
    }

    /**
     * Returns the latest slow requests.
     *
     * @return may be used by any thread, also after the end.
     */
    public SlowRequests slowRequests()
    {
        return slow;
    }

    /**
     * Returns the paths that most requests name.
     *
     * @return may be used by any thread, also after the end.
     */
    public HotPaths hotPaths()
    {
        return paths;
    }

    /**
     * Records something that happened to the server as a whole. Called on any thread, rarely; never blocks.
     *
     * @param kind  what happened.
     * @param value meaning depends on the kind.
     */
    public void note(final Kind kind, final long value)
    {
        scribe.note(kind, value);
    }

    /** Frees the ring. The engine's thread and the scribe must have ended. */
    @Override
    public void close()
    {
        ring.close();
    }
}
