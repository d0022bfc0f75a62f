/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.sync.SnapshotChoice;
import java.util.Objects;

/**
 * Configuration of a node: its ports, settings and seeds. Set what is required and what differs from the defaults, then
 * call {@link #conclude()}, which validates and freezes it.
 */
public final class NodeContext
{
    private static final int RING_LENGTH_DEFAULT = 64 * 1024 * 1024;
    private static final int RING_ALIGNMENT = 16;
    private static final int SECRET_LENGTH_MIN = 16;

    private Ports ports;
    private MemoryLedger ledger = new MemoryLedger();
    private long serverId = 1;
    private int tickTimeMs = 3000;
    private int proposalRingLength = RING_LENGTH_DEFAULT;
    private long randomSeed;
    private byte[] sessionSecret = new byte[0];
    private TreeOptions treeOptions;
    private long treeBytesMax = TreeRoom.UNLIMITED;
    private PrepareSettings prepareSettings;
    private ClientDesk.Settings clientSettings;
    private SnapshotSettings snapshotSettings;
    private ReaperSettings reaperSettings;
    private PeerPort peers = new NoPeers();
    private CatchUp catchUp;
    private EnsembleSettings ensemble;
    private SnapshotChoice snapshotChoice = SnapshotChoice.DEFAULT;
    private byte[] configText = new byte[0];
    private long counterRollOver = Zxid.COUNTER_ROLL_OVER;
    private CycleLimits cycleLimits = CycleLimits.DEFAULT;
    private boolean isConcluded;

    /**
     * The ports through which the engine reaches the outside world.
     *
     * @param clients   to clients.
     * @param journal   to the log.
     * @param snapshots to snapshot files.
     * @param epochs    to the accepted and the current epoch.
     * @param operators to people and their tools.
     * @param events    to metrics and notices.
     */
    public record Ports(ClientPort clients, Journal journal, SnapshotStore snapshots, EpochStore epochs,
        OperatorPort operators, EventSink events)
    {
    }

    /** Sets the ports; required. */
    public NodeContext ports(final Ports newPorts)
    {
        checkOpen();
        ports = newPorts;
        return this;
    }

    public Ports ports()
    {
        return ports;
    }

    /** Sets the ledger of native memory; a new one by default. */
    public NodeContext ledger(final MemoryLedger newLedger)
    {
        checkOpen();
        ledger = newLedger;
        return this;
    }

    public MemoryLedger ledger()
    {
        return ledger;
    }

    /** Sets the id of this server, 0 to 255, or to a lower maximum where TTL znodes are known; 1 by default. */
    public NodeContext serverId(final long newServerId)
    {
        checkOpen();
        serverId = newServerId;
        return this;
    }

    public long serverId()
    {
        return serverId;
    }

    /** Sets the length of a tick in milliseconds, the granularity of session expiry; 3000 by default. */
    public NodeContext tickTimeMs(final int newTickTimeMs)
    {
        checkOpen();
        tickTimeMs = newTickTimeMs;
        return this;
    }

    public int tickTimeMs()
    {
        return tickTimeMs;
    }

    /**
     * Sets how many bytes of proposals can be under way, a multiple of 16; 64 MiB by default. When they are used up,
     * connections wait. A single transaction can take up to half of them.
     */
    public NodeContext proposalRingLength(final int newLength)
    {
        checkOpen();
        proposalRingLength = newLength;
        return this;
    }

    public int proposalRingLength()
    {
        return proposalRingLength;
    }

    /** Sets the seed of all random numbers that need not be secret. */
    public NodeContext randomSeed(final long newSeed)
    {
        checkOpen();
        randomSeed = newSeed;
        return this;
    }

    public long randomSeed()
    {
        return randomSeed;
    }

    /**
     * Sets the random secret for session passwords, at least 16 bytes, that is used if the ensemble has none yet;
     * required.
     */
    public NodeContext sessionSecret(final byte[] newSecret)
    {
        checkOpen();
        sessionSecret = newSecret.clone();
        return this;
    }

    byte[] sessionSecret()
    {
        return sessionSecret.clone();
    }

    /** Sets the options of the tree; required. */
    public NodeContext treeOptions(final TreeOptions newOptions)
    {
        checkOpen();
        treeOptions = newOptions;
        return this;
    }

    public TreeOptions treeOptions()
    {
        return treeOptions;
    }

    /**
     * Sets how many bytes of native memory znodes may take; {@link TreeRoom#UNLIMITED} by default. As a leader, the
     * server refuses what would need more.
     */
    public NodeContext treeBytesMax(final long newMax)
    {
        checkOpen();
        treeBytesMax = newMax;
        return this;
    }

    public long treeBytesMax()
    {
        return treeBytesMax;
    }

    /** Sets the switches for preparing transactions; required. */
    public NodeContext prepareSettings(final PrepareSettings newSettings)
    {
        checkOpen();
        prepareSettings = newSettings;
        return this;
    }

    public PrepareSettings prepareSettings()
    {
        return prepareSettings;
    }

    /** Sets limits and switches for clients; required. */
    public NodeContext clientSettings(final ClientDesk.Settings newSettings)
    {
        checkOpen();
        clientSettings = newSettings;
        return this;
    }

    public ClientDesk.Settings clientSettings()
    {
        return clientSettings;
    }

    AclSettings aclSettings()
    {
        return clientSettings.acl();
    }

    /** Sets when snapshots are taken; required. */
    public NodeContext snapshotSettings(final SnapshotSettings newSettings)
    {
        checkOpen();
        snapshotSettings = newSettings;
        return this;
    }

    public SnapshotSettings snapshotSettings()
    {
        return snapshotSettings;
    }

    /** Sets when containers and TTL znodes are removed; required. */
    public NodeContext reaperSettings(final ReaperSettings newSettings)
    {
        checkOpen();
        reaperSettings = newSettings;
        return this;
    }

    public ReaperSettings reaperSettings()
    {
        return reaperSettings;
    }

    /** Sets the port to the other servers; one that is never linked by default. */
    public NodeContext peers(final PeerPort newPeers)
    {
        checkOpen();
        peers = newPeers;
        return this;
    }

    public PeerPort peers()
    {
        return peers;
    }

    /** Sets the port that reads history for learners; required when there are other servers. */
    public NodeContext catchUp(final CatchUp newCatchUp)
    {
        checkOpen();
        catchUp = newCatchUp;
        return this;
    }

    public CatchUp catchUp()
    {
        return catchUp;
    }

    /**
     * Sets when a learner is sent a snapshot because that is shorter than what it lacks; {@link SnapshotChoice#DEFAULT}
     * by default.
     */
    public NodeContext snapshotChoice(final SnapshotChoice newChoice)
    {
        checkOpen();
        snapshotChoice = newChoice;
        return this;
    }

    public SnapshotChoice snapshotChoice()
    {
        return snapshotChoice;
    }

    /** Sets the members of the ensemble and their time-outs; this server alone by default. */
    public NodeContext ensemble(final EnsembleSettings newEnsemble)
    {
        checkOpen();
        ensemble = newEnsemble;
        return this;
    }

    public EnsembleSettings ensemble()
    {
        return ensemble;
    }

    /**
     * Sets what clients read about the members in {@code /zookeeper/config}, one line each, without the version line;
     * empty by default, and then that znode is left as it is.
     */
    public NodeContext configText(final byte[] newText)
    {
        checkOpen();
        configText = newText.clone();
        return this;
    }

    byte[] configText()
    {
        return configText.clone();
    }

    /**
     * Sets the zxid counter at which a leader begins a new epoch, 1 or more. By default this is long before the 32 bits
     * are used up.
     */
    public NodeContext counterRollOver(final long newCounter)
    {
        checkOpen();
        counterRollOver = newCounter;
        return this;
    }

    public long counterRollOver()
    {
        return counterRollOver;
    }

    /** Sets how much of each kind of work one duty cycle does; {@link CycleLimits#DEFAULT} by default. */
    public NodeContext cycleLimits(final CycleLimits newLimits)
    {
        checkOpen();
        cycleLimits = newLimits;
        return this;
    }

    public CycleLimits cycleLimits()
    {
        return cycleLimits;
    }

    /**
     * Checks that nothing required is missing and that all values are in range, and freezes the context.
     *
     * @return this.
     * @throws NullPointerException     when something required is missing; the message names it.
     * @throws IllegalArgumentException when a value is out of its range; the message names it.
     * @throws IllegalStateException    when the context is already concluded.
     */
    public NodeContext conclude()
    {
        checkOpen();
        requireNothingMissing();
        ensemble = ensemble == null ? EnsembleSettings.of(Ensemble.ofOne(serverId)) : ensemble;
        require(ensemble.members().isMember(serverId), "serverId is no member of the ensemble");
        require(ensemble.members().size() == 1 || catchUp != null, "an ensemble needs catchUp");
        require(serverId >= 0 && serverId <= treeOptions.ownerKinds().serverIdMax(),
            "serverId is out of range");
        require(tickTimeMs > 0, "tickTimeMs must be greater than zero");
        require(proposalRingLength > 0 && proposalRingLength % RING_ALIGNMENT == 0,
            "proposalRingLength must be a multiple of 16");
        require(sessionSecret.length >= SECRET_LENGTH_MIN, "sessionSecret is too short");
        require(counterRollOver > 0, "counterRollOver must be greater than zero");
        isConcluded = true;

        return this;
    }

    private void requireNothingMissing()
    {
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(treeOptions, "treeOptions");
        Objects.requireNonNull(prepareSettings, "prepareSettings");
        Objects.requireNonNull(clientSettings, "clientSettings");
        Objects.requireNonNull(snapshotSettings, "snapshotSettings");
        Objects.requireNonNull(reaperSettings, "reaperSettings");
        Objects.requireNonNull(peers, "peers");
        Objects.requireNonNull(snapshotChoice, "snapshotChoice");
        Objects.requireNonNull(cycleLimits, "cycleLimits");
    }

    private void checkOpen()
    {
        if (isConcluded)
        {
            throw new IllegalStateException("the context is concluded");
        }
    }

    private static void require(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalArgumentException(message);
        }
    }
}
