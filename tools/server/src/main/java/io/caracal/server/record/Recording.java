/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.record.Fact.Kind;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Everything that a server tells about single requests and sessions, put together. */
public final class Recording implements AutoCloseable
{
    /** The name under which ZooKeeper's audit log is configured. */
    static final String AUDIT_LOGGER = "org.apache.zookeeper.audit.Slf4jAuditLogger";
    /** A stall or a force that takes at least this long is a fact. */
    public static final long TELLING_MS = 100;

    /**
     * How much of a request's body is kept so that it holds the path, for the log of slow requests and for the sample,
     * bytes.
     */
    static final int PATH_BODY_MAX = 4096;
    /**
     * As much of an audited request as is looked at. What is longer is told all the same: of a longer create the type
     * of its znode stays away, and a longer multi is one line.
     */
    static final int AUDITED_BODY_MAX = 1 << 20;

    /**
     * By how much a record may be longer than request and result together, because of address and identities, bytes.
     */
    private static final int RECORD_OVERHEAD = 128 * 1024;

    private final RecordRing ring;
    private final SlowRequests slow = new SlowRequests();
    private final HotPaths paths;
    private final Scribe scribe;
    private final RecordingSink sink;

    /**
     * What is told.
     *
     * @param slowMs    requests that take at least this long are; 0 for none.
     * @param isAudited whether all writes are.
     * @param serverId  of this server.
     * @param paths     how paths are counted.
     */
    public record Options(long slowMs, boolean isAudited, long serverId, PathSampling paths)
    {
    }

    /** What the scribe reads and writes; without an audit log that is null. */
    record Parts(RecordRing ring, FactRing facts, SlowRequests slow, HotPaths paths, AuditLog audit, long slowMs,
        NanoClock clock, EpochClock epochClock)
    {
    }

    /**
     * A recording that has not begun.
     *
     * @param options    what is told.
     * @param metrics    hold the facts.
     * @param figures    sink of figures, which is told everything first.
     * @param clock      the same as that of arrival times.
     * @param epochClock for people.
     * @param wakeLoop   ends the rest of the engine's thread; any thread, never blocks.
     * @param onFailure  is told when the scribe fails.
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
     * What the engine tells everything.
     *
     * @return used by the engine's thread only.
     */
    public RecordingSink sink()
    {
        return sink;
    }

    /**
     * What the thread of the scribe runs.
     *
     * @return ends after {@link #end}.
     */
    public Runnable scribe()
    {
        return scribe;
    }

    /**
     * An operator changed which requests count as slow. Any thread.
     *
     * @param ms requests that take at least this long are told from now on; 0 for none.
     */
    public void slowMs(final long ms)
    {
        sink.slowMs(ms);
        scribe.slowMs(ms);
    }

    /** Has the scribe end once everything told so far is written. Any thread. */
    public void end()
    {
        scribe.end();
    }

    /**
     * The latest slow requests.
     *
     * @return may be asked by any thread, also after the end.
     */
    public SlowRequests slowRequests()
    {
        return slow;
    }

    /**
     * The paths that most requests name.
     *
     * @return may be asked by any thread, also after the end.
     */
    public HotPaths hotPaths()
    {
        return paths;
    }

    /**
     * Something happened to the server as a whole. Any thread, rarely; never blocks.
     *
     * @param kind  what.
     * @param value see the kind.
     */
    public void note(final Kind kind, final long value)
    {
        scribe.note(kind, value);
    }

    /** After the engine's thread and the scribe have ended. */
    @Override
    public void close()
    {
        ring.close();
    }
}
