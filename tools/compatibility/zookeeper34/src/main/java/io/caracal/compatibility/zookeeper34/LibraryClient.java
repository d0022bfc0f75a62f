/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.zookeeper34;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.I0Itec.zkclient.IZkDataListener;
import org.I0Itec.zkclient.ZkClient;
import org.I0Itec.zkclient.exception.ZkBadVersionException;
import org.I0Itec.zkclient.exception.ZkNoNodeException;
import org.I0Itec.zkclient.serialize.SerializableSerializer;
import org.apache.zookeeper.data.Stat;

/** Main class: uses zkclient, the library that half of the programs of the 3.4 years put on top of the client. */
public final class LibraryClient
{
    private static final int TIMEOUT_MS = 20_000;

    private LibraryClient()
    {
    }

    /** Keeps what the library reports of a node. */
    private static final class Listener implements IZkDataListener
    {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void handleDataChange(final String path, final Object data)
        {
            events.add("changed " + path + " " + data);
        }

        @Override
        public void handleDataDeleted(final String path)
        {
            events.add("deleted " + path);
        }
    }

    /**
     * Runs all parts.
     *
     * @param arguments host and port of the server under test
     * @throws InterruptedException when interrupted
     */
    public static void main(final String[] arguments) throws InterruptedException
    {
        final ZkClient client = new ZkClient(arguments[0], TIMEOUT_MS, TIMEOUT_MS, new SerializableSerializer());

        try
        {
            nodes(client);
            System.out.println("passed library nodes");
            listeners(client);
            System.out.println("passed library listeners");
        }
        finally
        {
            client.close();
        }
    }

    private static void nodes(final ZkClient client)
    {
        client.createPersistent("/library/a/b", true);
        client.createEphemeral("/library/a/e", "here");
        OldClient.check(client.createEphemeralSequential("/library/a/s", 1L).equals("/library/a/s0000000002"),
            "sequential");
        OldClient.check("here".equals(client.readData("/library/a/e")), "readData");
        OldClient.check(client.countChildren("/library/a") == 3, "countChildren");
        final Stat stat = new Stat();
        client.readData("/library/a/e", stat);
        client.writeData("/library/a/e", "there", stat.getVersion());

        try
        {
            client.writeData("/library/a/e", "nowhere", stat.getVersion());
            OldClient.check(false, "an old version must be refused");
        }
        catch (final ZkBadVersionException ex)
        {
            OldClient.check("there".equals(client.readData("/library/a/e")), "data after a refused write");
        }

        try
        {
            client.readData("/library/none");
            OldClient.check(false, "a missing node must be missing");
        }
        catch (final ZkNoNodeException ex)
        {
            OldClient.check(client.readData("/library/none", true) == null, "null for a missing node");
        }

        OldClient.check(client.deleteRecursive("/library"), "deleteRecursive");
    }

    private static void listeners(final ZkClient client) throws InterruptedException
    {
        final Listener data = new Listener();
        final BlockingQueue<List<String>> children = new LinkedBlockingQueue<>();
        client.createPersistent("/listened", "0");
        client.subscribeDataChanges("/listened", data);
        client.subscribeChildChanges("/listened", (parent, names) ->
        {
            if (names != null)
            {
                children.add(names);
            }
        });
        client.writeData("/listened", "1");
        expect(data.events, "changed /listened 1");
        client.createPersistent("/listened/child");
        expect(children, Arrays.asList("child"));
        client.delete("/listened/child");
        expect(children, Arrays.asList());
        client.delete("/listened");
        expect(data.events, "deleted /listened");
        client.unsubscribeAll();
    }

    private static <T> void expect(final BlockingQueue<T> queue, final T expected) throws InterruptedException
    {
        final T seen = queue.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        OldClient.check(expected.equals(seen), seen + " instead of " + expected);
    }
}
