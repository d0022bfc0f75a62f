/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.OpKind;
import io.caracal.server.record.Fact.Kind;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that turns the engine's records into lines. Parks while there is nothing to write. */
public final class Scribe implements Runnable
{
    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.server.Scribe");
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int NOTES_MAX = 1024;

    private final RecordRing ring;
    private final LostRecords lost;
    private final Stalls stalls = new Stalls(LOG);
    private final FactRing facts;
    private final ExpiredSessions expired;
    private final SlowRequests slow;
    private final HotPaths paths;
    private final AuditLog audit;
    private volatile long slowNs;
    private final NanoClock clock;
    private final EpochClock epochClock;
    private final ClockSteps steps;
    private final Runnable wakeLoop;
    private final Consumer<Throwable> onFailure;
    private final RequestText text = new RequestText();
    private final ManyToOneConcurrentArrayQueue<Fact> notes = new ManyToOneConcurrentArrayQueue<>(NOTES_MAX);
    private volatile Thread thread;
    private volatile boolean isResting;
    private volatile boolean isEnding;

    /**
     * Creates a scribe.
     *
     * @param parts     what it reads and writes.
     * @param wakeLoop  wakes the engine's thread, which may be waiting for room in the ring.
     * @param onFailure called when the thread fails.
     */
    Scribe(final Recording.Parts parts, final Runnable wakeLoop, final Consumer<Throwable> onFailure)
    {
        ring = parts.ring();
        lost = new LostRecords(LOG, ring);
        facts = parts.facts();
        expired = new ExpiredSessions(facts::about);
        slow = parts.slow();
        paths = parts.paths();
        audit = parts.audit();
        slowMs(parts.slowMs());
        clock = parts.clock();
        epochClock = parts.epochClock();
        steps = new ClockSteps(clock, epochClock);
        this.wakeLoop = wakeLoop;
        this.onFailure = onFailure;
    }

    /** Sets the duration from which requests get a line; 0 for none. Called on any thread. */
    void slowMs(final long ms)
    {
        slowNs = TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Override
    public void run()
    {
        thread = Thread.currentThread();
        try
        {
            if (audit != null)
            {
                audit.serverStarted();
                audit.flush();
            }
            while (!isEnding)
            {
                writeBatch();
                rest();
            }
            writeBatch();
            lost.end();
            stalls.end();
            if (audit != null)
            {
                audit.serverStops();
                audit.flush();
            }
        }
        catch (final Throwable ex)
        {
            onFailure.accept(ex);
        }
    }

    /** Writes everything that is there, and what arrives meanwhile. Then flushes the appenders of the audit log. */
    private void writeBatch()
    {
        boolean hasWritten = false;
        while (doWork() > 0)
        {
            hasWritten = true;
        }
        if (hasWritten && audit != null)
        {
            audit.flush();
        }
    }

    private void rest()
    {
        isResting = true;
        if (ring.isEmpty() && notes.isEmpty() && !isEnding)
        {
            LockSupport.parkNanos(REST_NS);
        }
        isResting = false;
    }

    /** Writes what is there. Returns the number of records and notes. */
    int doWork()
    {
        lookAtClock();
        final boolean hadRoom = ring.hasRoom();
        final int work = ring.poll(this::onMessage) + notes.drain(facts::add);
        if (!hadRoom && ring.hasRoom())
        {
            wakeLoop.run();
        }

        final long nowNs = clock.nanoTime();
        lost.tick(nowNs);
        stalls.tick(nowNs);
        slow.tick(nowNs);
        expired.tick(nowNs);
        paths.tick(nowNs);

        return work;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int offset, final int length)
    {
        switch (type)
        {
            case RecordRing.REQUEST -> onRequest(buffer, offset);
            case RecordRing.SAMPLED_REQUEST -> {
                onRequest(buffer, offset);
                countPath();
            }
            case RecordRing.EPHEMERAL_ENDED -> audit.ephemeralEnded(buffer.getLong(offset), RequestText.text(buffer,
                offset + Long.BYTES, length - Long.BYTES));
            case RecordRing.SESSION_FACT -> onFact(Fact.kind((int)buffer.getLong(offset)), buffer.getLong(offset +
                Long.BYTES), buffer.getLong(offset + 2 * Long.BYTES));
            default -> onStall(buffer.getLong(offset));
        }
    }

    private void onRequest(final MutableDirectBuffer buffer, final int offset)
    {
        text.wrap(buffer, offset + RecordRing.STAMPS_LENGTH);
        final RequestStamps stamps = RequestStamps.of(text.record().arrivalNs(), buffer, offset);
        if (slowNs > 0 && stamps.totalNs() >= slowNs)
        {
            slow.add(new SlowRequest(Instant.ofEpochMilli(epochClock.time()),
                OpCode.name(text.record().opCode()), text.path(), text.record().sessionId(),
                text.client(), text.record().zxid(), text.record().errorCode(), stamps), clock.nanoTime());
        }
        if (audit != null)
        {
            audit.request(text);
        }
    }

    /**
     * Counts the path of a request. A sync counts as a write, as in ZooKeeper, because it causes work for the leader.
     */
    private void countPath()
    {
        final int opCode = text.record().opCode();
        final String path = text.path();
        if (!path.isEmpty())
        {
            paths.add(OpCode.kind(opCode) != OpKind.READ, path);
        }
    }

    /** Between facts, because the times of those before a step cannot be compared with the times of those behind it. */
    private void lookAtClock()
    {
        final long seconds = steps.look();
        if (seconds != 0)
        {
            facts.add(new Fact(epochClock.time(), Kind.CLOCK, 0, seconds));
        }
    }

    private void onStall(final long stallNs)
    {
        final long ms = TimeUnit.NANOSECONDS.toMillis(stallNs);
        facts.add(new Fact(epochClock.time(), Kind.STALL, 0, ms));
        stalls.add(ms, clock.nanoTime());
    }

    private void onFact(final Kind kind, final long sessionId, final long value)
    {
        facts.add(new Fact(epochClock.time(), kind, sessionId, value));
        if (kind == Kind.EXPIRED)
        {
            expired.add(sessionId, value, clock.nanoTime());
        }
    }

    /** Records something that happened to the server as a whole. Called on any thread, rarely; never blocks. */
    void note(final Kind kind, final long value)
    {
        notes.offer(new Fact(epochClock.time(), kind, 0, value));
        wake();
    }

    /** Wakes the thread if it is parked. Called on any thread; never blocks. */
    void wake()
    {
        if (isResting)
        {
            LockSupport.unpark(thread);
        }
    }

    void end()
    {
        isEnding = true;
        LockSupport.unpark(thread);
    }
}
