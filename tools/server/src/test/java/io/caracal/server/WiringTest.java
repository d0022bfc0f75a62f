/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.zab.PeerSender;
import io.caracal.server.config.CfgLine;
import io.caracal.server.config.Membership;
import io.caracal.server.config.Origin;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.launch.ClientDoor;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that is set arrives in the context of the module that uses it. That module's tests show its effect. */
class WiringTest
{
    private static final long MS = 1_000_000;
    private static final int KB = 1024;
    private static final int PATIENCE_MS = 30_000;
    private static final int SHORT_MS = 200;

    @TempDir
    private Path dir;

    /** A key, a value other than the default, and what a context must hold then. */
    private record Row(ServerProperty key, String value, Object expected, Function<Wiring, Object> actual)
    {
        @Override
        public String toString()
        {
            return key.key() + "=" + value;
        }
    }

    static Stream<Row> rows()
    {
        return Stream.of(
            new Row(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG, "17", 17, wiring -> wiring.transport().backlog()),
            new Row(ServerProperty.CLIENT_TCP_KEEP_ALIVE, "true", true, wiring -> wiring.transport().keepAlive()),
            new Row(ServerProperty.SESSIONLESS_TIMEOUT, "1234", 1234 * MS, wiring -> wiring.transport()
                .handshakeTimeoutNs()),
            new Row(ServerProperty.CONNECTION_FILL_COUNT, "7", 7, wiring -> wiring.tuning().throttle().fillCount()),
            new Row(ServerProperty.CONNECTION_FREEZE_TIME, "9", 9, wiring -> wiring.tuning().throttle()
                .freezeTimeMs()),
            new Row(ServerProperty.CONNECTION_DROP_INCREASE, "0.5", 0.5, wiring -> wiring.tuning().throttle()
                .dropIncrease()),
            new Row(ServerProperty.CONNECTION_DROP_DECREASE, "0.25", 0.25, wiring -> wiring.tuning().throttle()
                .dropDecrease()),
            new Row(ServerProperty.CONNECTION_DECREASE_RATIO, "0.75", 0.75, wiring -> wiring.tuning().throttle()
                .decreaseRatio()),
            new Row(ServerProperty.CONNECTION_WEIGHTS, "true", true, wiring -> wiring.tuning().throttle()
                .weightEnabled()),
            new Row(ServerProperty.CONNECTION_WEIGHT_GLOBAL, "13", 13, wiring -> wiring.tuning().throttle()
                .globalSessionWeight()),
            new Row(ServerProperty.CONNECTION_WEIGHT_RENEW, "12", 12, wiring -> wiring.tuning().throttle()
                .renewSessionWeight()),
            new Row(ServerProperty.CONNECTION_WEIGHT_LOCAL, "2", 2, wiring -> wiring.tuning().throttle()
                .localSessionWeight()),
            new Row(ServerProperty.CONTAINER_PER_MINUTE, "77", 77L, wiring -> wiring.tuning().reaper()
                .perMinuteMax()),
            new Row(ServerProperty.SNAP_COUNT, "1", 2, wiring -> wiring.tuning().snapshots().txnCount()),
            new Row(ServerProperty.SNAP_SIZE_LIMIT, "99", 99L * KB, wiring -> wiring.tuning().snapshots()
                .sizeLimitBytes()),
            new Row(ServerProperty.SNAPSHOT_RATE, "55", 55L * KB, wiring -> wiring.tuning().snapshots()
                .bytesPerSecond()),
            new Row(ServerProperty.TREE_MEMORY, "3", 3072L * KB, wiring -> wiring.tuning().treeBytesMax()),
            new Row(ServerProperty.TREE_MEMORY, "4", 4096L * KB, wiring -> node(wiring).treeBytesMax()),
            new Row(ServerProperty.PURGE_RETAIN, "8", 8, wiring -> wiring.journal().snapRetainCount()),
            new Row(ServerProperty.DIGEST_ENABLED, "false", false, wiring -> node(wiring).treeOptions()
                .keepsDigest()),
            new Row(ServerProperty.INIT_LIMIT, "3", 9_000 * MS, wiring -> times(wiring).initLimitNs()),
            new Row(ServerProperty.SYNC_LIMIT, "2", 6_000 * MS, wiring -> times(wiring).syncLimitNs()),
            new Row(ServerProperty.PEER_HEARTBEAT, "70", 70 * MS, wiring -> times(wiring).heartbeatNs()),
            new Row(ServerProperty.PEER_TIMEOUT, "700", 700 * MS, wiring -> times(wiring).timeoutNs()));
    }

    private static NodeContext node(final Wiring wiring)
    {
        return wiring.node(new MemoryLedger());
    }

    private static EnsembleTimes times(final Wiring wiring)
    {
        return wiring.ensemble(true, false, true).times();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldHandOnWhatIsSet(final Row row)
    {
        assertEquals(row.expected(), row.actual().apply(wiring(row.key().key(), row.value())));
        assertNotEquals(row.expected(), row.actual().apply(wiring()), "the default is another");
    }

    @Test
    void shouldReadTheTtlsOfAnOldReleaseWhenToldSo()
    {
        final long ofOldRelease = Long.MIN_VALUE + 5;

        assertEquals(EphemeralOwner.Kind.SESSION, node(wiring("extendedTypesEnabled", "true")).treeOptions()
            .ownerKinds()
            .kind(ofOldRelease));
        assertEquals(EphemeralOwner.Kind.TTL, node(wiring("extendedTypesEnabled", "true", "emulate353TTLNodes", "true"))
            .treeOptions().ownerKinds().kind(ofOldRelease));
    }

    /** Nothing accepts here. The operating system lets one connection more wait than it is told. */
    @Test
    void shouldLetNoMoreConnectionsWaitThanItIsTold() throws IOException
    {
        final Wiring wiring = wiring("clientPort", "0", "clientPortAddress", "127.0.0.1", "clientPortListenBacklog",
            "1");
        try (SelectIdle idle = new SelectIdle(wiring.transport().conclude());
            ClientTransport transport = ClientDoor.open(wiring.transport().errorHandler(cause ->
            {
            }).conclude(), wiring.clientAddress(), idle);
            Socket first = new Socket();
            Socket second = new Socket();
            Socket third = new Socket())
        {
            first.connect(transport.addresses().get(0), PATIENCE_MS);
            second.connect(transport.addresses().get(0), PATIENCE_MS);
            assertThrows(SocketTimeoutException.class, () -> third.connect(transport.addresses().get(0), SHORT_MS));
        }
    }

    /** A record may have been logged when the limit was larger, and a learner may lack it now. */
    @Test
    void shouldSendAndReceiveWhateverTheLogCanHold()
    {
        final Wiring small = wiring("server.1", "127.0.0.1:1:2", "standaloneEnabled", "false", "jute.maxbuffer",
            "1024");
        final int longest = small.journal().recordLengthMax();
        final PeerSender sender = new PeerSender(new NoLink(small.peers().messageLengthMax()));

        assertTrue(sender.txnLengthMax() >= longest, sender.txnLengthMax() + " bytes");
    }

    /** A port without links. */
    private record NoLink(int messageLengthMax) implements PeerPort
    {
        @Override
        public int poll(final PeerHandler handler)
        {
            return 0;
        }

        @Override
        public boolean isDrained()
        {
            return true;
        }

        @Override
        public int claim(final long serverId, final PeerStream stream, final int length)
        {
            return CLOSED;
        }

        @Override
        public MutableDirectBuffer claimed()
        {
            throw new AssertionError("nothing is claimed");
        }

        @Override
        public void commit()
        {
            throw new AssertionError("nothing is claimed");
        }

        @Override
        public void close(final long serverId)
        {
            // There is no link to close.
        }
    }

    @Test
    void shouldListenOnAllAddressesForOtherServersWhenToldSo()
    {
        final String[] alone = { "server.1", "127.0.0.1:1:2", "standaloneEnabled", "false" };
        final String[] open = { "server.1", "127.0.0.1:1:2", "standaloneEnabled", "false", "quorumListenOnAllIPs",
            "true" };

        assertFalse(wiring(alone).peers().conclude().tcpAddress().getAddress().isAnyLocalAddress());
        assertTrue(wiring(open).peers().conclude().tcpAddress().getAddress().isAnyLocalAddress());
    }

    private Wiring wiring(final String... keysAndValues)
    {
        final List<CfgLine> lines = new ArrayList<>();
        lines.add(line("dataDir", dir.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2)
        {
            lines.add(line(keysAndValues[i], keysAndValues[i + 1]));
        }
        final Settings settings = Settings.resolve(lines, null, new Properties());
        return new Wiring(settings, new OwnServer(Membership.of(settings), OwnServer.ALONE));
    }

    private static CfgLine line(final String key, final String value)
    {
        return new CfgLine(key, value, "test", Origin.ARGUMENT);
    }
}
