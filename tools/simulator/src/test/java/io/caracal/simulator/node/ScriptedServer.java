/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.EnsembleSettings;
import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.BulkCheck;
import io.caracal.engine.zab.Ensemble;
import io.caracal.simulator.clients.SimulatedClientPort;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One real server whose peers are played by a script. Everything that it does and others can see becomes a line:
 * messages, states, what is durable, what is applied, and replies to its client.
 */
final class ScriptedServer implements AutoCloseable, ScriptedPort.Listener
{
    static final int FRAME_MAX = 1 << 16;
    private static final long STEP_NS = 100_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final List<String> PULSE = List.of("Heartbeat", "HeartbeatAnswer", "Touches");
    private static final DiskFaults DISK =
        new DiskFaults(100_000, 100_000, 100_000, 0, 1 << 20, 64 << 10, 60 << 10, 64 << 10, 30_000_000_000L);

    final List<String> lines = new ArrayList<>();
    private final long serverId;
    private final Ensemble members;
    private final SimulatedDisk disk = new SimulatedDisk(1, DISK);
    private final Map<Long, Long> conversations = new TreeMap<>();
    private final Map<Long, BulkCheck> bulks = new TreeMap<>();
    private final Map<Long, Long> marks = new TreeMap<>();
    private final TreeSet<Long> beating = new TreeSet<>();
    private boolean showsPulse;
    private ScriptedPort peers;
    private SimulatedClientPort clients;
    private MemoryLedger ledger;
    private NodeAgent agent;
    private WireClient client;
    private long nowNs = 1_000_000_000L;
    private long round;
    private long nextBeatNs;
    private boolean isTrusted = true;
    private boolean haveVotersChanged;
    /** Work that the last duty cycle did. */
    private int work;

    ScriptedServer(final long serverId, final long[] voters, final long[] observers)
    {
        this.serverId = serverId;
        members = new Ensemble(voters, observers);
    }

    /** Writes to the disk what an earlier life of the server left there. */
    void past(final Map<String, String> fields)
    {
        disk.open();
        disk.journal().replay(0, new EmptyReplay());
        final long committed = MessageText.number(fields.getOrDefault("committed", "0"));
        final String log = fields.getOrDefault("log", "");
        for (final String zxid : log.isEmpty() ? new String[0] : log.split(",", -1))
        {
            final byte[] txn = MessageText.txn(Map.of());
            disk.journal().append(MessageText.number(zxid), committed, new UnsafeBuffer(txn), 0, txn.length);
        }
        if (fields.containsKey("accepted"))
        {
            disk.epochStore().store(Long.parseLong(fields.get("accepted")), Long.parseLong(fields.getOrDefault("leader",
                "0")), Long.parseLong(fields.getOrDefault("current", "0")));
        }
        isTrusted = !"F".equals(fields.get("trusted"));
        haveVotersChanged = "changed".equals(fields.get("voters"));
        disk.shutDown();
    }

    void start()
    {
        disk.open();
        ledger = new MemoryLedger();
        clients = new SimulatedClientPort(FRAME_MAX, 1 << 20);
        peers = new ScriptedPort(this);
        final ClientLimits limits = new ClientLimits(4000, 40_000, 1000, 4096, -1, 0, 1 << 20, FRAME_MAX);
        agent = new NodeAgent(new NodeContext().ledger(ledger).serverId(serverId)
            .ports(new NodeContext.Ports(clients, disk.journal(), disk.snapshotStore(), disk.epochStore(),
                new SilentOperators(), new Events()))
            .peers(peers).catchUp(disk.catchUp())
            .ensemble(new EnsembleSettings(members, isTrusted, haveVotersChanged, false, EnsembleTimes.DEFAULT))
            .sessionSecret(new byte[32]).tickTimeMs(2000).randomSeed(42).proposalRingLength(1 << 20)
            .treeOptions(new TreeOptions(7, true, new EphemeralOwner(true, false)))
            .prepareSettings(new PrepareSettings(true, false, FRAME_MAX))
            .clientSettings(new ClientDesk.Settings(limits, AclSettings.defaults(), AuthEnforcement.none(),
                ThrottleSettings.defaults()))
            .snapshotSettings(new SnapshotSettings(100_000, 1L << 32, SnapshotSettings.BYTES_PER_SECOND_DEFAULT))
            .reaperSettings(new ReaperSettings(60_000, 10_000, 0)).conclude());
    }

    /** The power fails and comes back. What was not forced may be lost. */
    void restart()
    {
        end();
        disk.crash();
        start();
    }

    private void end()
    {
        if (agent != null)
        {
            agent.close();
            agent = null;
            if (ledger.totalBytes() != 0)
            {
                throw new AssertionError("native memory left: " + ledger.totalBytes());
            }
        }
    }

    void link(final long server)
    {
        peers.link(server);
    }

    void unlink(final long server, final LinkEnd end)
    {
        peers.unlink(server, end);
    }

    void press(final long server, final boolean isPressed)
    {
        peers.press(server, isPressed);
    }

    void holdForces(final boolean isHeld)
    {
        disk.holdForces(isHeld);
    }

    void fill(final boolean isFull)
    {
        disk.full(isFull);
    }

    void handOver()
    {
        agent.handOver();
    }

    void tellWhetherItRests()
    {
        final long restNs = agent.nextDeadlineNs(nowNs) - nowNs;
        lines.add(work == 0 && restNs > 0 ? "rests for " + (restNs + NS_PER_MS - 1) / NS_PER_MS + " ms" :
            "does not rest");
    }

    void beats(final long server)
    {
        beating.add(server);
    }

    void isQuiet(final long server)
    {
        beating.remove(server);
    }

    void showPulse()
    {
        showsPulse = true;
    }

    /**
     * Sends a message in the name of another server. The conversation, and the count and checksum of bulk data, are
     * filled in.
     */
    void from(final long server, final String name, final Map<String, String> fields)
    {
        fields.computeIfAbsent("conversation", key -> conversations.getOrDefault(server, 1L).toString());
        final BulkCheck bulk = bulks.computeIfAbsent(server, key -> new BulkCheck());
        switch (name)
        {
            case "LearnerInfo" -> conversations.put(server, Long.parseLong(fields.get("conversation")));
            case "SyncBegin" -> bulks.put(server, new BulkCheck());
            case "HistoryRecord" -> {
                final byte[] txn = MessageText.txn(fields);
                bulk.on(MessageText.number(fields.get("zxid")), new UnsafeBuffer(txn), 0, txn.length);
            }
            case "NewLeader" -> {
                fields.putIfAbsent("bulkCount", Long.toString(bulk.count()));
                fields.putIfAbsent("bulkCrc", Integer.toString(bulk.crc()));
            }
            default -> {
                // Sent as it is.
            }
        }
        peers.deliver(server, MessageText.streamOf(name), MessageText.encode(name, fields));
    }

    void connect()
    {
        client = new WireClient(clients, () -> run(1));
        client.ask(0, new byte[16], 10_000);
    }

    void create(final String path)
    {
        client.create(path, "", 0);
    }

    void exists(final String path)
    {
        client.readPath(3, path, false);
    }

    void sync(final String path)
    {
        client.pathOnly(9, path);
    }

    void run(final long ms)
    {
        final long end = nowNs + ms * NS_PER_MS;
        while (nowNs < end && agent != null)
        {
            nowNs += STEP_NS;
            beat();
            disk.advanceTo(nowNs);
            clients.nowNs(nowNs);
            cycle();
        }
        hearClient();
    }

    void stall(final long ms)
    {
        nowNs += ms * NS_PER_MS;
    }

    private void cycle()
    {
        final boolean wasServing = agent.isServing();
        try
        {
            work = agent.doWork(nowNs, nowNs / NS_PER_MS);
        }
        catch (final BrokenInvariantException ex)
        {
            lines.add("stops: " + ex.getMessage());
            end();
            return;
        }
        if (agent.isServing() != wasServing)
        {
            lines.add(wasServing ? "serves no more" : "serves");
        }
    }

    private void hearClient()
    {
        while (client != null && client.hasNext())
        {
            if (client.sessionId == 0)
            {
                client.open();
                lines.add("client has session " + Long.toHexString(client.sessionId));
                continue;
            }
            final WireClient.Reply reply = client.reply();
            lines.add("client is answered at " + MessageText.zxid(reply.zxid()) + " with " + reply.error());
        }
        if (client != null && client.end.isEnded())
        {
            lines.add("client loses its connection");
            client = null;
        }
    }

    /** A leader played by the script sends heartbeats, which echo what it was answered. */
    private void beat()
    {
        if (nowNs < nextBeatNs)
        {
            return;
        }
        nextBeatNs = nowNs + 50 * NS_PER_MS;
        round++;
        for (final long server : beating)
        {
            if (conversations.containsKey(server) && marks.containsKey(server))
            {
                from(server, "Heartbeat", MessageText.fields("round=" + round + " echo=" + marks.get(server)));
            }
        }
    }

    @Override
    public void onSent(final long to, final PeerStream stream, final UnsafeBuffer buffer, final int length)
    {
        final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), length));
        final String text = MessageText.text(message);
        final String name = MessageText.name(message);
        final Map<String, String> fields = MessageText.fields(text);
        switch (name)
        {
            case "LearnerInfo" -> {
                conversations.put(to, Long.parseLong(fields.get("conversation")));
                marks.put(to, 0L);
            }
            case "HeartbeatAnswer" -> marks.put(to, Long.parseLong(fields.get("mark")));
            case "Heartbeat" -> {
                if (beating.contains(to))
                {
                    from(to, "HeartbeatAnswer", MessageText.fields("round=" + fields.get("round") +
                        " mark=1 hasRoom=T" +
                        " isForcing=T conversation=" + fields.get("conversation")));
                }
            }
            default -> {
                // Only recorded.
            }
        }
        if (showsPulse || !PULSE.contains(name))
        {
            lines.add("to " + to + " " + text);
        }
    }

    @Override
    public void onClosed(final long server)
    {
        lines.add("closes the link with " + server);
    }

    @Override
    public void close()
    {
        end();
    }

    /** Replays a new disk, which delivers nothing. */
    private static final class EmptyReplay implements ReplayHandler
    {
        @Override
        public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer,
            final int offset, final int length)
        {
            throw new IllegalStateException("the disk is new");
        }

        @Override
        public void onReplayEnd(final long lastZxid)
        {
            // Nothing is there.
        }
    }

    private final class Events implements EventSink
    {
        @Override
        public void onStage(final TxnStage stage, final long zxid)
        {
            if (stage == TxnStage.DURABLE || stage == TxnStage.APPLIED)
            {
                lines.add((stage == TxnStage.DURABLE ? "durable " : "applies ") + MessageText.zxid(zxid));
            }
        }

        @Override
        public void onState(final String state, final String reason)
        {
            lines.add("is " + state + ": " + reason);
        }

        @Override
        public void onNotice(final String what, final long server)
        {
            lines.add("notes of " + server + ": " + what);
        }
    }

    /** Returns the lines added since the last call. */
    List<String> takeLines()
    {
        final List<String> taken = lines.isEmpty() ? Collections.emptyList() : new ArrayList<>(lines);
        lines.clear();

        return taken;
    }
}
