/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;

/** A crowd driven by the calling thread. Its sessions are kept alive only while a method runs. */
public final class Fleet implements Crowd, Member.Listener
{
    private static final int CONNECTING_MAX = 512;
    private static final long STEP_MS = 5;
    private static final long TIMEOUT_NS = TimeUnit.MINUTES.toNanos(5);
    private static final byte[] PAYLOAD = new byte[8];

    private final FleetFrames frames = new FleetFrames();
    private final List<Member> members = new ArrayList<>();
    private final List<InetSocketAddress> servers;
    private final Selector selector;
    private final int timeoutMs;
    private final SourceAddresses sources;
    private final long[] arrivalNs;
    private final Pings pings;
    private long sentNs;
    private int sessions;
    private int replies;
    private int events;
    private int lost;
    /** Whether a connection may break, because nothing is under way on it and no watch would be lost. */
    private boolean mayBreak;
    private boolean isWatching;
    /** Whether all members are connected, apart from those that may lose their connection for a moment. */
    private boolean isUp;
    private long pingsFromNs;
    private Resumption resumption;
    private Redial redial;

    /**
     * Creates a fleet; no member is connected yet.
     *
     * @param servers   on loopback; members are assigned to them in turn.
     * @param size      members, one session each.
     * @param timeoutMs of the sessions, in milliseconds.
     * @throws IOException when no selector can be opened.
     */
    public Fleet(final List<InetSocketAddress> servers, final int size, final int timeoutMs) throws IOException
    {
        this(servers, size, timeoutMs, SourceAddresses.nextNetwork());
    }

    /** Creates a fleet whose connections come from a network within 127.0.0.0/8 that no other fleet uses. */
    Fleet(final List<InetSocketAddress> servers, final int size, final int timeoutMs, final int network)
        throws IOException
    {
        this.servers = List.copyOf(servers);
        this.timeoutMs = timeoutMs;
        sources = new SourceAddresses(network);
        arrivalNs = new long[size];
        pingsFromNs = System.nanoTime();
        pings = new Pings(size, TimeUnit.MILLISECONDS.toNanos(pingIntervalMs(timeoutMs)), pingsFromNs);
        selector = Selector.open();
        for (int i = 0; i < size; i++)
        {
            members.add(new Member(i));
        }
        redial = new Redial(sources, this.servers, size);
    }

    /**
     * Returns the time in which each session sends one ping, as the ZooKeeper client does when it has nothing else to
     * send.
     *
     * @param timeoutMs of the session, in milliseconds.
     * @return milliseconds.
     */
    public static int pingIntervalMs(final int timeoutMs)
    {
        return timeoutMs / 3;
    }

    @Override
    public long connect() throws IOException
    {
        final long startNs = System.nanoTime();
        sessions = 0;
        lost = 0;
        isWatching = false;
        pingsFromNs = startNs + TimeUnit.MILLISECONDS.toNanos(pingIntervalMs(timeoutMs));
        redial = new Redial(sources, servers, members.size());
        mayBreak = true;
        for (int i = 0; i < members.size(); i++)
        {
            final int begun = i;
            final InetSocketAddress server = servers.get(i % servers.size());
            members.get(i).connect(selector, sources.of(i, server), server);
            await("sessions", () -> begun - sessions < CONNECTING_MAX);
        }

        awaitSessions();
        return System.nanoTime() - startNs;
    }

    private void awaitSessions() throws IOException
    {
        await("sessions", () -> sessions == members.size());
        mayBreak = false;
        isUp = true;
    }

    /** Has every member watch one znode, which exists. */
    @Override
    public void watch(final String path) throws IOException
    {
        replies = 0;
        isWatching = true;
        for (int i = 0; i < members.size(); i++)
        {
            final int begun = i;
            members.get(i).send(frames.watch(members.get(i).nextXid(), path));
            await("watches", () -> begun - replies < CONNECTING_MAX);
        }
        await("watches", () -> replies == members.size());
    }

    @Override
    public void create(final String path) throws IOException
    {
        final Member first = members.get(0);
        replies = 0;
        first.send(frames.create(first.nextXid(), path, PAYLOAD));
        await("a znode", () -> replies == 1);
    }

    @Override
    public Resumed resume(final String path, final LongSupplier trouble) throws IOException
    {
        replies = 0;
        lost = 0;
        redial = new Redial(sources, servers, members.size());
        resumption = new Resumption(frames, redial, path, trouble.getAsLong());
        try
        {
            members.forEach(resumption::write);
            await("writes after the trouble", () -> replies == members.size());
            return new Resumed(resumption.acknowledged(), redial.moved(), lost);
        }
        finally
        {
            resumption = null;
        }
    }

    @Override
    public Histogram fire(final String path) throws IOException
    {
        listen();
        replies = 0;
        final Member first = members.get(0);
        sentNs = System.nanoTime();
        first.send(frames.set(first.nextXid(), path, PAYLOAD));
        await("events", () -> events == members.size() && replies == 1);
        return arrivals(sentNs);
    }

    /** Returns when the first member sent its latest change, as {@link System#nanoTime()}. */
    long sentNs()
    {
        return sentNs;
    }

    /** Starts to count events from zero. */
    void listen()
    {
        events = 0;
    }

    /**
     * Waits until every member has heard of a change that is made elsewhere. Asks only then when the change was made.
     */
    Histogram hear(final LongSupplier changedNs) throws IOException
    {
        await("events", () -> events == members.size());
        return arrivals(changedNs.getAsLong());
    }

    private Histogram arrivals(final long changedNs)
    {
        isWatching = false;
        final Histogram arrivals = new Histogram(3);
        for (final long arrived : arrivalNs)
        {
            arrivals.recordValue(Math.max(0, arrived - changedNs));
        }

        return arrivals;
    }

    @Override
    public int idle(final long forMs) throws IOException
    {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs);
        mayBreak = !isWatching;
        await("the end of a pause", () -> System.nanoTime() - endNs >= 0);
        // Looks once more: what happened while this thread stood still counts as well.
        selector.selectNow(this::onReady);
        if (isUp)
        {
            awaitSessions();
        }
        return redial.moved();
    }

    /**
     * Breaks all connections. The sessions live on until they time out.
     *
     * @throws IOException when a socket fails.
     */
    public void disconnect() throws IOException
    {
        isUp = false;
        for (final Member member : members)
        {
            member.disconnect();
        }
        selector.selectNow();
    }

    private void await(final String what, final BooleanSupplier isDone) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!isDone.getAsBoolean())
        {
            selector.select(this::onReady, STEP_MS);
            redial.onTime(selector, members, System.nanoTime());
            ping();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new FleetException("waited in vain for " + what + ": " + sessions + " sessions, " + replies +
                    " replies, " + events + " events of " + members.size() + "; " + redial.moved() +
                    " connections broke (do servers limit them?)");
            }
        }
    }

    /**
     * Sends the pings that are due. Members take turns, beginning as soon as all have their sessions, or earlier if
     * that takes so long that the first sessions would time out.
     */
    private void ping()
    {
        final long nowNs = System.nanoTime();
        if (sessions < members.size() && nowNs - pingsFromNs < 0)
        {
            pings.putOff(nowNs);
        }
        for (int due = pings.due(nowNs); due > 0; due--)
        {
            ping(members.get(pings.next()));
        }
    }

    /** Sends a ping of one member, unless it is on its way to another server and has no connection. */
    private void ping(final Member member)
    {
        if (member.isConnected())
        {
            try
            {
                member.send(frames.ping());
            }
            catch (final IOException ex)
            {
                onBroken(member, ex);
            }
        }
    }

    private void onReady(final SelectionKey key)
    {
        final Member member = (Member)key.attachment();
        try
        {
            if (key.isReadable())
            {
                member.onReadable(this);
            }
            else
            {
                member.onConnectable(key, frames, timeoutMs);
            }
        }
        catch (final IOException ex)
        {
            onBroken(member, ex);
        }
    }

    /**
     * Handles a broken connection. A connection may break as long as it has no session, because a server may turn a
     * client away for a moment. It may also break while nothing is asked of it, and while a server is in trouble.
     * Otherwise connections have to last.
     */
    private void onBroken(final Member member, final IOException cause)
    {
        if (resumption == null && member.isConnected())
        {
            if (!mayBreak)
            {
                throw new FleetException("connection " + member.index() + " broke: " + cause.getMessage(), cause);
            }
            sessions--;
        }
        redial.onBroken(member);
    }

    @Override
    public void onSession(final Member member)
    {
        if (resumption == null)
        {
            sessions++;
        }
        else
        {
            resumption.write(member);
        }
    }

    /** Gives the member a new session on a new connection, as a program that goes on would do. */
    @Override
    public void onLost(final Member member)
    {
        if (resumption == null && member.isConnected())
        {
            throw new FleetException("the session of connection " + member.index() + " is over");
        }
        lost++;
        redial.onBroken(member);
    }

    @Override
    public void onReply(final Member member)
    {
        replies++;
        if (resumption != null)
        {
            resumption.onAcknowledged();
        }
    }

    @Override
    public void onEvent(final Member member)
    {
        arrivalNs[member.index()] = System.nanoTime();
        events++;
    }

    /**
     * Counts the sessions that servers had given up before they could be taken up again.
     *
     * @return a count since the last {@link #connect} or {@link #resume} began.
     */
    public int lost()
    {
        return lost;
    }

    boolean isOpen()
    {
        return selector.isOpen();
    }

    @Override
    public void close()
    {
        try
        {
            if (sessions == members.size())
            {
                replies = 0;
                for (final Member member : members)
                {
                    member.send(frames.closeSession(member.nextXid()));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new FleetException("could not end a fleet: " + ex.getMessage(), ex);
        }
        finally
        {
            members.forEach(Member::abandon);
            CloseHelper.close(selector);
        }
    }
}
