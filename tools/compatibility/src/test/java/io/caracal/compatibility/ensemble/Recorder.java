/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.Orphan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/**
 * Main class of a process with one official client for each server. Each client writes and reads (after a sync) a few
 * znodes for as long as it runs. Requests and answers go to a file that {@link RecordedHistory} reads. A request that
 * was never answered, or whose connection was lost, has one line instead of two. The process is ended by a kill.
 */
public final class Recorder
{
    static final String READY = "recording";
    static final int REGISTERS = 12;

    private static final int SESSION_MS = 6_000;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final List<ACL> OPEN =
        Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone")));

    private final BufferedWriter file;
    private final String connectString;
    private final int clientId;
    private final SplittableRandom random;
    private final int[] seenVersions = new int[REGISTERS];
    private ZooKeeper client;
    private int number;

    private Recorder(final BufferedWriter file, final String connectString, final int clientId, final long seed)
        throws IOException
    {
        this.file = file;
        this.connectString = connectString;
        this.clientId = clientId;
        random = new SplittableRandom(seed + clientId);
        connect();
    }

    /** Takes the file, a seed, and one connect string for each client. */
    public static void main(final String[] arguments) throws Exception
    {
        Orphan.guard();
        final BufferedWriter file = Files.newBufferedWriter(Path.of(arguments[0]), StandardCharsets.UTF_8);
        final long seed = Long.parseLong(arguments[1]);
        for (int i = 2; i < arguments.length; i++)
        {
            final Recorder recorder = new Recorder(file, arguments[i], i - 2, seed);
            if (recorder.clientId == 0)
            {
                recorder.createAll();
            }
            new Thread(recorder::run, "client-" + recorder.clientId).start();
        }
        System.out.println(READY);
    }

    private void connect() throws IOException
    {
        final ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        client = new ZooKeeper(connectString, SESSION_MS, event ->
        {
        }, config);
    }

    static String path(final int register)
    {
        return "/register" + register;
    }

    private void createAll() throws InterruptedException
    {
        for (int i = 0; i < REGISTERS; i++)
        {
            final String path = path(i);
            ask("CREATE", path, "first", -1, () ->
            {
                client.create(path, bytes("first"), OPEN, CreateMode.PERSISTENT);
                return new Stat();
            });
        }
    }

    private void run()
    {
        try
        {
            while (true)
            {
                step();
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void step() throws InterruptedException, IOException
    {
        final int register = random.nextInt(REGISTERS);
        final String path = path(register);
        final int dice = random.nextInt(10);
        if (dice < 5)
        {
            final int version = dice < 2 ? seenVersions[register] : -1;
            final String value = "c" + clientId + "n" + number;
            ask("SET_DATA", path, value, version, () -> client.setData(path, bytes(value), version));
        }
        else
        {
            final Stat stat = new Stat();
            final byte[][] data = new byte[1][];
            ask("GET_DATA", path, "-", -1, () ->
            {
                client.sync(path, (code, ignored, context) ->
                {
                }, null);
                data[0] = client.getData(path, false, stat);
                seenVersions[register] = stat.getVersion();
                return stat;
            }, data);
        }

        if (client.getState() == ZooKeeper.States.CLOSED)
        {
            connect();
        }
    }

    /** A request to a client. */
    private interface Call
    {
        Stat run() throws KeeperException, InterruptedException;
    }

    private void ask(final String kind, final String path, final String value, final int version, final Call call,
        final byte[]... data) throws InterruptedException
    {
        final int own = number++;
        write("I " + clientId + ' ' + own + ' ' + kind + ' ' + path + ' ' + value + ' ' + version + ' ' +
            System.nanoTime());
        try
        {
            final Stat stat = call.run();
            final String read = data.length == 0 ? "-" : new String(data[0], StandardCharsets.UTF_8);
            answer(own, 0, read, stat.getVersion());
        }
        catch (final KeeperException ex)
        {
            if (isAnswer(ex.code()))
            {
                answer(own, ex.code().intValue(), "-", 0);
            }
        }
    }

    private static boolean isAnswer(final KeeperException.Code code)
    {
        return code == KeeperException.Code.BADVERSION || code == KeeperException.Code.NONODE ||
            code == KeeperException.Code.NODEEXISTS;
    }

    private void answer(final int own, final int error, final String data, final int version)
    {
        write("A " + clientId + ' ' + own + ' ' + error + ' ' + data + ' ' + version + ' ' + System.nanoTime());
    }

    private void write(final String line)
    {
        synchronized (file)
        {
            try
            {
                file.write(line);
                file.write('\n');
                file.flush();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
