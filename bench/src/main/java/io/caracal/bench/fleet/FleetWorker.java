/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.HdrHistogram.Histogram;

/**
 * The program that runs one fleet of a {@link DividedFleet}. It obeys the lines on its input and answers each on its
 * output. Between two lines it keeps its sessions alive. It ends when its input ends. It answers a failure with
 * {@value #FAILED} and the message.
 */
public final class FleetWorker
{
    static final String CONNECT = "connect";
    static final String CREATE = "create";
    static final String WATCH = "watch";
    static final String FIRE = "fire";
    static final String HEAR = "hear";
    static final String IDLE = "idle";
    static final String RESUME = "resume";
    /** First of two answers to an order that needs another line before it can be completed. */
    static final String READY = "ready";
    /** Stands before the result of an order. */
    static final String DONE = "done";
    static final String FAILED = "failed";

    private static final int REST_MS = 20;
    private static final String END = "";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Fleet fleet;
    private final PrintStream out;

    FleetWorker(final Fleet fleet, final PrintStream out)
    {
        this.fleet = fleet;
        this.out = out;
    }

    /**
     * Runs until told to close.
     *
     * @param args size of the fleet, session timeout in milliseconds, network, then address and port of each server in
     *             turn.
     * @throws IOException when no selector can be opened.
     */
    public static void main(final String[] args) throws IOException
    {
        final List<InetSocketAddress> servers = new ArrayList<>();
        for (int i = 3; i < args.length; i += 2)
        {
            servers.add(new InetSocketAddress(InetAddress.getByName(args[i]), Integer.parseInt(args[i + 1])));
        }

        new FleetWorker(new Fleet(servers, Integer.parseInt(args[0]), Integer.parseInt(args[1]),
            Integer.parseInt(args[2])), System.out).run(System.in);
    }

    void run(final InputStream in)
    {
        final Thread reader = new Thread(() -> read(in), "orders");
        reader.setDaemon(true);
        reader.start();
        try
        {
            while (fleet.isOpen())
            {
                obey(next());
            }
        }
        catch (final IOException | RuntimeException ex)
        {
            out.println(FAILED + " " + ex.getMessage());
            out.flush();
        }
    }

    private void read(final InputStream in)
    {
        final BufferedReader orders = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try
        {
            for (String line = orders.readLine(); line != null; line = orders.readLine())
            {
                lines.add(line);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            lines.add(END);
        }
    }

    private String next() throws IOException
    {
        for (String line = lines.poll();; line = lines.poll())
        {
            if (line != null)
            {
                return line;
            }
            fleet.idle(REST_MS);
        }
    }

    private void obey(final String line) throws IOException
    {
        final String[] words = line.split(" ", 2);
        out.println(DONE + " " + result(words[0], words[words.length - 1]));
        out.flush();
    }

    private String result(final String order, final String operand) throws IOException
    {
        return switch (order)
        {
            case CONNECT -> Long.toString(fleet.connect());
            case CREATE -> {
                fleet.create(operand);
                yield "";
            }
            case WATCH -> {
                fleet.watch(operand);
                yield "";
            }
            case FIRE -> {
                final String heard = text(fleet.fire(operand));
                yield fleet.sentNs() + " " + heard;
            }
            case HEAR -> heard();
            case IDLE -> Integer.toString(fleet.idle(Long.parseLong(operand)));
            case RESUME -> resumed(operand);
            case END -> {
                fleet.close();
                yield "";
            }
            default -> throw new FleetException("nobody knows what '" + order + "' is");
        };
    }

    private String heard() throws IOException
    {
        fleet.listen();
        ready();
        return text(fleet.hear(this::nextNs));
    }

    private String resumed(final String path) throws IOException
    {
        ready();
        final Crowd.Resumed resumed = fleet.resume(path, this::nextNs);
        return resumed.moved() + " " + resumed.lost() + " " + text(resumed.acknowledged());
    }

    private void ready()
    {
        out.println(READY);
        out.flush();
    }

    /**
     * Waits for a line with the time of a change or of trouble, which is sent once that has happened. Does nothing else
     * until then.
     */
    private long nextNs()
    {
        try
        {
            return Long.parseLong(lines.take());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", ex);
        }
    }

    static String text(final Histogram histogram)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    static Histogram histogram(final String text)
    {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    }
}
