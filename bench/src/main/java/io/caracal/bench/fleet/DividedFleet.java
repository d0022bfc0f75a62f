/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;

/**
 * A crowd that is too large for the file descriptors of one process. It directs several processes, each with a fleet of
 * its own.
 */
public final class DividedFleet implements Crowd
{
    private final List<FleetProcess> processes = new ArrayList<>();

    /**
     * Starts the processes; no member is connected yet.
     *
     * @param java      command line that runs a {@link FleetWorker}, without the arguments of the worker.
     * @param servers   on loopback; members are assigned to them in turn.
     * @param size      members, one session each.
     * @param timeoutMs of the sessions, in milliseconds.
     * @param count     number of processes; the sizes of their fleets differ by one member at most.
     * @throws IOException when a process cannot be started.
     */
    public DividedFleet(
        final List<String> java, final List<InetSocketAddress> servers, final int size, final int timeoutMs,
        final int count) throws IOException
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                final int share = size / count + (i < size % count ? 1 : 0);
                processes.add(new FleetProcess(command(java, servers, share, timeoutMs)));
            }
        }
        catch (final IOException ex)
        {
            close();
            throw ex;
        }
    }

    private static List<String> command(
        final List<String> java, final List<InetSocketAddress> servers, final int size, final int timeoutMs)
    {
        final List<String> command = new ArrayList<>(java);
        command.addAll(
            List.of(Integer.toString(size), Integer.toString(timeoutMs),
                Integer.toString(SourceAddresses.nextNetwork())));
        for (final InetSocketAddress server : servers)
        {
            command.addAll(List.of(server.getAddress().getHostAddress(), Integer.toString(server.getPort())));
        }

        return command;
    }

    private FleetProcess first()
    {
        return processes.get(0);
    }

    private void tell(final String line) throws IOException
    {
        for (final FleetProcess process : processes)
        {
            process.tell(line);
        }
    }

    private void await(final String expected) throws IOException
    {
        for (final FleetProcess process : processes)
        {
            process.answer(expected);
        }
    }

    private void all(final String line) throws IOException
    {
        tell(line);
        await(FleetWorker.DONE);
    }

    @Override
    public long connect() throws IOException
    {
        final long startNs = System.nanoTime();
        all(FleetWorker.CONNECT);
        return System.nanoTime() - startNs;
    }

    @Override
    public void create(final String path) throws IOException
    {
        first().tell(FleetWorker.CREATE + " " + path);
        first().answer(FleetWorker.DONE);
    }

    @Override
    public void watch(final String path) throws IOException
    {
        all(FleetWorker.WATCH + " " + path);
    }

    @Override
    public Histogram fire(final String path) throws IOException
    {
        final List<FleetProcess> others = processes.subList(1, processes.size());
        for (final FleetProcess other : others)
        {
            other.tell(FleetWorker.HEAR);
            other.answer(FleetWorker.READY);
        }
        first().tell(FleetWorker.FIRE + " " + path);
        final String[] fired = first().answer(FleetWorker.DONE).split(" ", 2);

        final Histogram all = FleetWorker.histogram(fired[1]);
        for (final FleetProcess other : others)
        {
            other.tell(fired[0]);
            all.add(FleetWorker.histogram(other.answer(FleetWorker.DONE)));
        }

        return all;
    }

    @Override
    public int idle(final long forMs) throws IOException
    {
        tell(FleetWorker.IDLE + " " + forMs);
        int broken = 0;
        for (final FleetProcess process : processes)
        {
            broken += Integer.parseInt(process.answer(FleetWorker.DONE));
        }

        return broken;
    }

    @Override
    public Resumed resume(final String path, final LongSupplier trouble) throws IOException
    {
        tell(FleetWorker.RESUME + " " + path);
        await(FleetWorker.READY);
        tell(Long.toString(trouble.getAsLong()));

        final Histogram acknowledged = new Histogram(3);
        int moved = 0;
        int lost = 0;
        for (final FleetProcess process : processes)
        {
            final String[] resumed = process.answer(FleetWorker.DONE).split(" ", 3);
            moved += Integer.parseInt(resumed[0]);
            lost += Integer.parseInt(resumed[1]);
            acknowledged.add(FleetWorker.histogram(resumed[2]));
        }

        return new Resumed(acknowledged, moved, lost);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(processes);
    }
}
