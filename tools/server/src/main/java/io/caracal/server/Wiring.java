/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.EnsembleSettings;
import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.engine.node.Tuning;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.Ensemble;
import io.caracal.journal.JournalContext;
import io.caracal.server.config.PeerTimes;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.launch.ProcessMemory;
import io.caracal.server.launch.QuorumPorts;
import io.caracal.transport.IdleMode;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Translates settings into the contexts of the modules, one line per supported key. */
final class Wiring
{
    /** Maximum number of waiting requests per connection. */
    private static final int CONNECTION_REQUESTS_MAX = 1024;
    /** Maximum number of watches of all clients together. */
    private static final int WATCHES_MAX = 100_000_000;
    private static final int SECRET_LENGTH = 32;
    private static final int KB = 1024;
    private static final long MB = 1024L * KB;
    private static final int PROPOSALS_LENGTH = 64 << 20;
    /** One message may take up to half of the ring of proposals; no transaction is longer. */
    private static final int RING_PER_MESSAGE = 2;
    /**
     * Maximum length of what a message adds to a transaction. Whatever the log can hold can be sent and received: a
     * limit that was lowered since, here or elsewhere, says nothing about what was logged before.
     */
    private static final int MESSAGE_FRAMES_LENGTH = 64 * KB;
    private static final long FINALIZE_WAIT_MS = 200;

    private final Settings settings;
    private final OwnServer own;
    private final SecureRandom random = new SecureRandom();

    Wiring(final Settings settings, final OwnServer own)
    {
        this.settings = settings;
        this.own = own;
    }

    JournalContext journal()
    {
        return new JournalContext().dataDir(settings.dataDir()).dataLogDir(settings.dataLogDir())
            .forceSync(settings.flag(ServerProperty.FORCE_SYNC)).linger(!own.isEnsemble())
            .snapRetainCount(settings.integer(ServerProperty.PURGE_RETAIN))
            .idleMode(io.caracal.journal.IdleMode.valueOf(upper(ServerProperty.IDLE)));
    }

    TransportContext transport()
    {
        return new TransportContext().listen(clientAddress())
            .backlog(settings.integer(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG))
            .frameLengthMax(settings.integer(ServerProperty.JUTE_MAX_BUFFER))
            .connectionsPerAddressMax(settings.limit(ServerProperty.MAX_CLIENT_CNXNS))
            .connectionsMax(settings.limit(ServerProperty.MAX_CNXNS))
            .handshakeTimeoutNs(ms(ServerProperty.SESSIONLESS_TIMEOUT))
            .keepAlive(settings.flag(ServerProperty.CLIENT_TCP_KEEP_ALIVE))
            .threading(Threading.valueOf(upper(ServerProperty.THREADING)))
            .idleMode(IdleMode.valueOf(upper(ServerProperty.IDLE)));
    }

    /** The address on which clients are accepted. */
    InetSocketAddress clientAddress()
    {
        final String host = settings.clientAddress(own.line());
        final int port = settings.clientPort(own.line());
        final InetSocketAddress address = host == null ? new InetSocketAddress(port) : new InetSocketAddress(host,
            port);
        if (address.isUnresolved())
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION,
                "clientPortAddress=" + host + " is not known; write an address of this machine", null);
        }

        return address;
    }

    /** Creates the context of the links with the other servers. */
    PeerContext peers()
    {
        if (!settings.flag(ServerProperty.QUORUM_LISTEN_ALL))
        {
            QuorumPorts.requireKnown(own.line());
        }

        final PeerContext context = new PeerContext().serverId(own.serverId())
            .dataDirectory(settings.dataDir().resolve(DataDirectory.OWN))
            .listensOnAllAddresses(settings.flag(ServerProperty.QUORUM_LISTEN_ALL))
            .peerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(PeerTimes.of(settings).timeoutMs()))
            .messageLengthMax(Math.max(journal().recordLengthMax() + MESSAGE_FRAMES_LENGTH,
                proposalsLength(settings.integer(ServerProperty.JUTE_MAX_BUFFER)) / RING_PER_MESSAGE))
            .threading(Threading.valueOf(upper(ServerProperty.THREADING)))
            .idleMode(IdleMode.valueOf(upper(ServerProperty.IDLE)));
        own.membership().servers().forEach(server -> context.member(new PeerMember(server.serverId(), server.host(),
            server.quorumPort(), server.electionPort(), !server.isObserver())));
        return context;
    }

    /** Returns the members of the ensemble, and how long they wait for each other. */
    EnsembleSettings ensemble(final boolean isTrusted, final boolean haveVotersChanged, final boolean mayBeginBlank)
    {
        final PeerTimes times = PeerTimes.of(settings);
        return new EnsembleSettings(new Ensemble(own.membership().voters(), own.membership().observers()), isTrusted,
            haveVotersChanged, mayBeginBlank, new EnsembleTimes(ns(times.heartbeatMs()), ns(times.timeoutMs()),
                ns(times.timeoutMaxMs()), ns(FINALIZE_WAIT_MS), ns(times.initMs()), ns(times.syncMs())));
    }

    NodeContext node(final MemoryLedger ledger)
    {
        final byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        final AclSettings acl = new AclSettings(settings.flag(ServerProperty.SKIP_ACL),
            settings.flag(ServerProperty.DIGEST_SCHEME), settings.text(ServerProperty.DIGEST_ALGORITHM),
            settings.text(ServerProperty.SUPER_DIGEST), settings.list(ServerProperty.ENSEMBLE_AUTH));
        final int requestMax = settings.integer(ServerProperty.JUTE_MAX_BUFFER);
        return new NodeContext().ledger(ledger).serverId(own.serverId()).configText(configText()).tickTimeMs(
            settings.integer(ServerProperty.TICK_TIME))
            .proposalRingLength(proposalsLength(requestMax)).randomSeed(random.nextLong()).sessionSecret(secret)
            .treeOptions(tree()).treeBytesMax(treeBytesMax())
            .prepareSettings(new PrepareSettings(settings.flag(ServerProperty.EXTENDED_TYPES),
                settings.flag(ServerProperty.ENFORCE_QUOTA), requestMax))
            .clientSettings(new ClientDesk.Settings(limits(requestMax), acl, enforcement(acl), throttle()))
            .snapshotSettings(snapshots()).reaperSettings(reaper());
    }

    private SnapshotSettings snapshots()
    {
        return new SnapshotSettings(Math.max(2, settings.integer(ServerProperty.SNAP_COUNT)),
            settings.number(ServerProperty.SNAP_SIZE_LIMIT) * KB, settings.number(ServerProperty.SNAPSHOT_RATE) * KB);
    }

    private ReaperSettings reaper()
    {
        return new ReaperSettings(settings.integer(ServerProperty.CONTAINER_INTERVAL),
            settings.integer(ServerProperty.CONTAINER_PER_MINUTE),
            settings.number(ServerProperty.CONTAINER_NEVER_USED));
    }

    /** Returns the settings that the engine can change while it runs. */
    Tuning tuning()
    {
        return new Tuning(limits(settings.integer(ServerProperty.JUTE_MAX_BUFFER)), throttle(), snapshots(), reaper(),
            treeBytesMax());
    }

    private long treeBytesMax()
    {
        final long limit = settings.number(ServerProperty.TREE_MEMORY);

        return limit < 0 ? ProcessMemory.ofThis().forZnodes() : limit * MB;
    }

    private byte[] configText()
    {
        return own.isEnsemble() ? own.membership().text().getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    private TreeOptions tree()
    {
        return new TreeOptions(random.nextLong(), settings.flag(ServerProperty.DIGEST_ENABLED), new EphemeralOwner(
            settings.flag(ServerProperty.EXTENDED_TYPES), settings.flag(ServerProperty.EMULATE_353_TTL)));
    }

    private ClientLimits limits(final int requestMax)
    {
        return new ClientLimits(settings.minSessionTimeoutMs(), settings.maxSessionTimeoutMs(),
            settings.integer(ServerProperty.GLOBAL_OUTSTANDING_LIMIT), CONNECTION_REQUESTS_MAX,
            settings.integer(ServerProperty.LARGE_REQUEST_THRESHOLD),
            settings.integer(ServerProperty.LARGE_REQUEST_MAX_BYTES), WATCHES_MAX, requestMax);
    }

    private AuthEnforcement enforcement(final AclSettings acl)
    {
        return settings.flag(ServerProperty.ENFORCE_AUTH) ?
            AuthEnforcement.of(settings.list(ServerProperty.ENFORCE_SCHEMES), acl) : AuthEnforcement.none();
    }

    private ThrottleSettings throttle()
    {
        return new ThrottleSettings(settings.integer(ServerProperty.CONNECTION_TOKENS),
            settings.integer(ServerProperty.CONNECTION_FILL_TIME),
            settings.integer(ServerProperty.CONNECTION_FILL_COUNT),
            settings.integer(ServerProperty.CONNECTION_FREEZE_TIME),
            settings.decimal(ServerProperty.CONNECTION_DROP_INCREASE),
            settings.decimal(ServerProperty.CONNECTION_DROP_DECREASE),
            settings.decimal(ServerProperty.CONNECTION_DECREASE_RATIO),
            settings.flag(ServerProperty.CONNECTION_WEIGHTS),
            settings.integer(ServerProperty.CONNECTION_WEIGHT_GLOBAL),
            settings.integer(ServerProperty.CONNECTION_WEIGHT_RENEW),
            settings.integer(ServerProperty.CONNECTION_WEIGHT_LOCAL));
    }

    private static int proposalsLength(final int requestMax)
    {
        final long wanted = Math.max(PROPOSALS_LENGTH, 2L * PrepareSettings.TXN_PER_REQUEST * requestMax);
        return (int)Math.min(wanted, 1 << 30) & -16;
    }

    private static long ns(final long ms)
    {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private long ms(final ServerProperty property)
    {
        return TimeUnit.MILLISECONDS.toNanos(settings.integer(property));
    }

    private String upper(final ServerProperty property)
    {
        return settings.text(property).toUpperCase(Locale.ROOT);
    }
}
