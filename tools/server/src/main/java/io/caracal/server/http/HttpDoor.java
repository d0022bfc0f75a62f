/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caracal.server.log.LogMark;
import io.caracal.transport.PatientJoin;
import io.caracal.transport.StuckThreadException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP port and its pages. Each connection with a request has a thread of its own, which rests when there is none
 * for a while. So a client that sends or reads slowly holds up nobody's request; but only {@value #ANSWERS_MAX} answers
 * are made and sent at a time, besides those to probes.
 */
public final class HttpDoor implements AutoCloseable
{
    /** Maximum number of requests that are answered at the same time, probes not counted. */
    public static final int ANSWERS_MAX = 8;
    /** Maximum number of them that may be long. */
    public static final int LONG_ANSWERS_MAX = 1;
    /** Maximum number of connections; further ones are closed at once. */
    public static final int CONNECTIONS_MAX = 128;

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    /** Twice as many as connections, because a connection may have its next request while a thread ends the last. */
    private static final int THREADS_MAX = 2 * CONNECTIONS_MAX;
    private static final int BACKLOG = 32;
    private static final long THREAD_REST_S = 30;
    private static final long CLOSE_MAX_MS = 5_000;
    private static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int LOOKS_PER_SILENCE = 10;
    private static final int NOT_FOUND = 404;
    private static final int INTERNAL_ERROR = 500;

    private final String name;
    private final String mark = LogMark.current();
    private final HttpServer server;
    private final HostCheck hosts;
    private final PageTable pages = new PageTable(ANSWERS_MAX, LONG_ANSWERS_MAX);
    private final AtomicInteger threads = new AtomicInteger();
    private final SilenceWatch watch;
    private final Thread looks;
    private final ThreadPoolExecutor executor;
    private volatile boolean isOpen;
    private volatile boolean isClosed;

    /**
     * Binds the port. Nothing is answered before {@link #open}.
     *
     * @param name          prefix of the names of its threads.
     * @param address       to listen on.
     * @param idleTimeoutMs after which a connection without requests is closed.
     * @throws IOException when the port is taken.
     */
    public HttpDoor(final String name, final InetSocketAddress address, final int idleTimeoutMs) throws IOException
    {
        this(name, address, idleTimeoutMs, SILENCE_MAX_NS);
    }

    HttpDoor(final String name, final InetSocketAddress address, final int idleTimeoutMs, final long silenceMaxNs)
        throws IOException
    {
        HttpLimits.apply(idleTimeoutMs);
        this.name = name;
        this.server = bind(address);
        this.hosts = new HostCheck(address.getAddress());
        this.watch = new SilenceWatch(silenceMaxNs, SystemNanoClock.INSTANCE);
        this.executor = new ThreadPoolExecutor(0, THREADS_MAX, THREAD_REST_S, TimeUnit.SECONDS,
            new SynchronousQueue<>(), this::thread);
        this.looks = thread(() -> look(silenceMaxNs / LOOKS_PER_SILENCE));
    }

    /** Tries the port first, because the library leaks descriptors when it finds the port taken. */
    private static HttpServer bind(final InetSocketAddress address) throws IOException
    {
        try (ServerSocketChannel trial = ServerSocketChannel.open())
        {
            trial.bind(address, BACKLOG);
        }

        return HttpServer.create(address, BACKLOG);
    }

    private Thread thread(final Runnable task)
    {
        final Thread thread = new Thread(() -> LogMark.during(mark, task), name + "-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Adds a page.
     *
     * @param path under which the page answers: the path itself and everything below it. The longest matching path
     *             wins.
     * @param page answers the requests.
     * @return this.
     */
    public HttpDoor page(final String path, final Page page)
    {
        pages.add(path, page, PageTable.Kind.SHORT);
        return this;
    }

    /**
     * Adds a page whose answers may take a good part of the heap, so that only {@value #LONG_ANSWERS_MAX} of them is
     * made and sent at a time.
     *
     * @param path as for {@link #page}.
     * @param page answers the requests.
     * @return this.
     */
    public HttpDoor longPage(final String path, final Page page)
    {
        pages.add(path, page, PageTable.Kind.LONG);
        return this;
    }

    /**
     * Adds a page that is answered at once, however many others are being answered. Its answers must be short.
     *
     * @param path as for {@link #page}.
     * @param page answers the requests.
     * @return this.
     */
    public HttpDoor probe(final String path, final Page page)
    {
        pages.add(path, page, PageTable.Kind.PROBE);
        return this;
    }

    /** Starts to answer. */
    public void open()
    {
        isOpen = true;
        server.createContext("/", this::answer);
        server.setExecutor(task -> executor.execute(() -> run(task)));
        server.start();
        looks.start();
    }

    /**
     * The address on which it listens.
     *
     * @return as bound.
     */
    public InetSocketAddress address()
    {
        return server.getAddress();
    }

    /**
     * Watches the library while it reads the head of a request, before {@link #answer}, and what is left of it,
     * afterwards.
     */
    private void run(final Runnable task)
    {
        watch.begin();
        try
        {
            task.run();
        }
        finally
        {
            watch.end();
        }
    }

    private void look(final long periodNs)
    {
        while (!isClosed)
        {
            LockSupport.parkNanos(periodNs);
            watch.look();
        }
    }

    /**
     * Answers a request. A failure has to reach the library: only then does it forget the connection, which otherwise
     * counts against {@link #CONNECTIONS_MAX} for an hour, or for ever with its descriptor.
     */
    private void answer(final HttpExchange exchange) throws IOException
    {
        watch.end();
        try (exchange)
        {
            answerWatched(exchange);
        }
        catch (final IOException ex)
        {
            LOG.debug("an HTTP client went away: {}", ex.toString());
            throw ex;
        }
        catch (final RuntimeException ex)
        {
            LOG.warn("{} could not be answered; its connection is closed", exchange.getRequestURI(), ex);
            throw ex;
        }
    }

    private void answerWatched(final HttpExchange exchange) throws IOException
    {
        final Request request = new Request(exchange, new WatchedBody(exchange.getRequestBody(), watch));
        final PageTable.Place place = pages.of(request.path());
        pages.enter(place);
        try
        {
            send(exchange, reply(place, request));
        }
        finally
        {
            pages.leave(place);
            watch.begin();
        }
    }

    private Reply reply(final PageTable.Place place, final Request request) throws IOException
    {
        if (!hosts.allows(request.header("Host")))
        {
            return Reply.text(HostCheck.REFUSED, HostCheck.REASON);
        }

        try
        {
            return place == null ? Reply.text(NOT_FOUND, "there is nothing under this path\n") : place.page()
                .answer(request);
        }
        catch (final RuntimeException ex)
        {
            LOG.warn("{} {} could not be answered", request.method(), request.target(), ex);
            return Reply.text(INTERNAL_ERROR, "the request could not be answered; see the log of the server\n");
        }
    }

    private void send(final HttpExchange exchange, final Reply reply) throws IOException
    {
        final Map<String, String> headers = reply.headers();
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (!headers.containsKey("Cache-Control"))
        {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
        }

        final boolean isHead = "HEAD".equals(exchange.getRequestMethod());
        if (isHead)
        {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
        }

        final boolean hasBody = !isHead && reply.length() > 0;
        // The head is written here, and waits for a client that reads nothing, like the body.
        watch.begin();
        exchange.sendResponseHeaders(reply.status(), hasBody ? reply.length() : -1);
        watch.end();
        if (hasBody)
        {
            try (OutputStream out = exchange.getResponseBody())
            {
                reply.body().write(new WatchedAnswer(out, watch));
                watch.begin();
            }
        }
    }

    /** Closes all connections and ends all threads, even if the thread that closes is interrupted. */
    @Override
    public void close()
    {
        if (!isOpen)
        {
            // The library's server gives back all its descriptors only if it was started.
            server.start();
        }
        // The library's server of JDK 25 forgets an interrupt.
        boolean isInterrupted = Thread.interrupted();
        server.stop(0);
        isClosed = true;
        LockSupport.unpark(looks);
        executor.shutdownNow();
        isInterrupted |= PatientJoin.join(looks, CLOSE_MAX_MS);
        isInterrupted |= awaitAnswers();
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
        if (looks.isAlive() || !executor.isTerminated())
        {
            throw new StuckThreadException(name);
        }
    }

    /**
     * Waits until the threads that answer have ended, which use what is closed next. Returns whether the calling thread
     * was interrupted meanwhile; its interrupt status is cleared.
     */
    private boolean awaitAnswers()
    {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MAX_MS);
        boolean isInterrupted = false;
        long leftNs = endNs - System.nanoTime();
        while (!executor.isTerminated() && leftNs > 0)
        {
            try
            {
                executor.awaitTermination(leftNs, TimeUnit.NANOSECONDS);
            }
            catch (final InterruptedException ex)
            {
                isInterrupted = true;
            }
            leftNs = endNs - System.nanoTime();
        }

        return isInterrupted;
    }

    /**
     * Encodes a text in UTF-8.
     *
     * @param text any.
     * @return its bytes.
     */
    public static byte[] utf8(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
