/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.port.Gauge;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.admin.AdminActions;
import io.caracal.server.admin.AdminFacts;
import io.caracal.server.admin.EngineReader;
import io.caracal.server.config.Finding;
import io.caracal.server.config.Reload;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.Vital;
import io.caracal.server.offline.StagedRestore;
import io.caracal.server.record.Recording;
import io.caracal.server.record.SlowRequests;
import io.caracal.server.words.OperatorBridge;
import io.caracal.server.words.WordFacts;
import io.caracal.server.words.WordServer;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.PeerTransport;
import io.caracal.transport.aeron.AeronPeerPort;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server in this process.
 *
 * <pre>
 * try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0)))
 * {
 *     connect(server.connectString());
 * }
 * </pre>
 *
 * Several may run in one process, each with a data directory of its own. The methods may be called by any thread.
 */
public final class Server implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final long LOOK_MS = 10;
    private static final long JOIN_MS = 30_000;

    private final Settings settings;
    private final Reloader reloader;
    private final FileSystemCalls fileSystem;
    private final String initialConfig;
    private final boolean isProcess;
    private final OwnServer own;
    private final Logger log;
    private final RoleBoard roles;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final OpenParts parts = new OpenParts(JOIN_MS);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CompletableFuture<Void> relaunch = new CompletableFuture<>();
    private ClientTransport transport;
    private AdminPorts admin;
    private ServerLoop loop;
    private volatile OperatorLoop operators;
    private ServerMetrics metrics;
    private MetricsView view;
    private SlowRequests slowRequests;
    private boolean isClosed;

    private Server(final Settings settings, final OwnServer own, final ServerContext context)
    {
        this.settings = settings;
        this.own = own;
        log = own.log();
        reloader = new Reloader(context, own, settings);
        this.fileSystem = context.fileSystem();
        this.initialConfig = context.fileText();
        this.isProcess = context.isProcess();
        roles = new RoleBoard(own.isEnsemble(), this::wakeOperators);
    }

    /**
     * Starts a server. One that decides alone serves clients when this returns. One of an ensemble has opened its ports
     * and read its data; it serves once enough of the others have started as well: {@link #awaitServing}.
     *
     * @param context what it is to be.
     * @return the server, to be closed by the caller.
     * @throws LaunchException when it cannot start; the message says what to do.
     * @throws io.caracal.server.config.ConfigException when it must not start with these settings.
     */
    public static Server launch(final ServerContext context)
    {
        JvmFlags.require();
        final Settings settings = context.conclude();
        settings.findings().forEach(Server::log);
        DataDirectory.prepare(settings);
        final OwnServer own = OwnServer.of(settings);
        own.advice(settings).forEach(own.log()::warn);
        final Server server = new Server(settings, own, context);
        try
        {
            server.open();
            server.awaitLaunched();
            return server;
        }
        catch (final Throwable ex)
        {
            server.closeAfter(ex);
            throw LaunchFailures.of(ex);
        }
    }

    private void open() throws IOException
    {
        log.info("Caracal {}, data in {}, client port {}", Version.caracal(), settings.dataDir(), settings
            .clientPort(own.line()));
        StartChecks.advice(settings, own.isEnsemble()).forEach(log::warn);

        final Wiring wiring = new Wiring(settings, own);
        final ServerEvents events = new ServerEvents(log, roles,
            TimeUnit.MILLISECONDS.toNanos(settings.integer(ServerProperty.FSYNC_WARNING)), settings.dataLogDir(),
            wiring.journal().segmentLength() >> 20);
        final SelectIdle idle = parts.add(new SelectIdle(wiring.transport().conclude()));
        takeOver(new StagedRestore(settings.dataDir().resolve(DataDirectory.OWN)), wiring);
        // The journal's threads keep figures until they end.
        parts.add(this::closeMetrics);
        final OpenJournal journal = parts.add(
            OpenJournal.open(wiring.journal().fileSystem(fileSystem).wakeup(idle::wakeup).events(events).onFailure(
                this::fail)));
        journal.requireEpochs();
        metrics = SharedFigures.open(settings, parts, log);
        parts.add(metrics::withdraw);
        events.metrics(metrics);
        view = new MetricsView(metrics);
        final OperatorBridge bridge = parts.add(new OperatorBridge(idle::wakeup, this::wakeOperators));
        final WordFacts facts = wordFacts();
        final WordServer words = new WordServer(bridge, facts, clock, this::wakeOperators);
        transport = parts.add(ClientPort.open(
            wiring.transport().events(events).wordHandler(words).errorHandler(this::fail).conclude(),
            wiring.clientAddress(), idle));
        words.port(transport);
        metrics.vital(Vital.SERVER_ID).setRelease(own.isEnsemble() ? own.serverId() : 0);
        metrics.vital(Vital.CLIENT_PORT).setRelease(clientPort());

        final MemoryLedger ledger = new MemoryLedger();
        parts.add(() -> checkBooks(ledger));
        final Recording recording = new Recording(new Recording.Options(settings.integer(ServerProperty.SLOW_REQUEST),
            settings.flag(ServerProperty.AUDIT), own.serverId()),
            metrics, new CountersSink(metrics, clock, events), clock, SystemEpochClock.INSTANCE, idle::wakeup,
            this::fail);
        parts.add(recording);
        events.recording(recording);
        slowRequests = recording.slowRequests();
        final NodeContext context = wiring.node(ledger).ports(new NodeContext.Ports(transport, journal.journal(),
            journal
                .snapshotStore(), journal.epochStore(), bridge, recording.sink()));
        final PeerNews news = new PeerNews(log, metrics, recording);
        final PeerTransport peers = own.isEnsemble() ? join(context, wiring, journal, idle, news) : null;
        final NodeAgent node = parts.add(new NodeAgent(context.conclude()));
        final EngineReader reader = new EngineReader(bridge);
        admin = parts.add(AdminPorts.bind(settings, new AdminFacts(facts, reader, clock, initialConfig, slowRequests),
            new AdminActions(() -> transport.addresses().get(0), () -> relaunch.complete(null), vital -> metrics.vital(
                vital).getAndAdd(1)),
            isProcess));
        startThreads(node, new LoopPorts(transport, peers), idle, words, journal, recording);
        parts.add(reloader::end);
        reloader.begin(new Reloader.Parts(reader, transport, recording, events, operators));
        parts.add(admin);
        admin.open();
    }

    /** A state that was sent for this server takes the place of what it has; never in an ensemble. */
    private void takeOver(final StagedRestore staged, final Wiring wiring) throws IOException
    {
        if (own.isEnsemble())
        {
            if (staged.discard())
            {
                log.warn("what was sent to be restored is dropped: this server belongs to an ensemble now");
            }
            return;
        }

        final long zxid = staged.apply(() -> wiring.journal().fileSystem(fileSystem));
        if (zxid != 0)
        {
            log.warn("restored: everything is as in the snapshot that was sent, now at zxid 0x{}", Long.toHexString(
                zxid));
        }
    }

    /** Gives the node what only a server with others has. */
    private PeerTransport join(
        final NodeContext context, final Wiring wiring, final OpenJournal journal, final SelectIdle idle,
        final PeerNews news)
    {
        final TrustMark trust = new TrustMark(settings);
        if (!trust.isTrusted())
        {
            log.warn(
                "the machine was started anew and forceSync=no: what this server had acknowledged may be lost, so it" +
                    " votes only when all servers are there, or after a leader has synchronized it");
        }

        context.ensemble(wiring.ensemble(trust.isTrusted(), trust.mayBeginBlank())).catchUp(journal.catchUp());
        trust.begin();
        final RoleClasses classes = new RoleClasses(Invariant.class, AeronPeerPort.class);
        parts.add(classes::end);
        roles.firstService(() ->
        {
            trust.onEstablished();
            classes.begin();
        });
        final PeerTransport peers = parts.add(QuorumPorts.open(wiring.peers().events(news).conclude(), idle));
        context.peers(peers);
        return peers;
    }

    private void startThreads(
        final NodeAgent node, final LoopPorts ports, final SelectIdle idle, final WordServer words,
        final OpenJournal journal, final Recording recording)
    {
        final int retainCount = settings.integer(ServerProperty.PURGE_RETAIN);
        operators = new OperatorLoop(words, roles, clock, () -> journal.purge(retainCount),
            TimeUnit.HOURS.toNanos(settings.integer(ServerProperty.PURGE_INTERVAL)), this::fail);
        loop = new ServerLoop(node, ports, idle, clock, SystemEpochClock.INSTANCE, recording.sink(),
            () -> view.gauge(Gauge.OUTSTANDING_REQUESTS), this::fail);
        final Thread operatorThread = thread("caracal-operator", operators);
        final Thread loopThread = thread("caracal-server", loop);
        final Thread scribeThread = thread("caracal-scribe", recording.scribe());
        parts.add(scribeThread, recording::end);
        scribeThread.start();
        parts.add(operatorThread, operators::end);
        parts.add(loopThread, loop::end);
        operatorThread.start();
        loopThread.start();
    }

    private static Thread thread(final String name, final Runnable task)
    {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void closeMetrics()
    {
        if (metrics != null)
        {
            metrics.close();
        }
    }

    private WordFacts wordFacts()
    {
        return new WordFacts(Version.forTools(), reloader::settings, own.membership(), own.isEnsemble() ? own
            .serverId() : 0,
            view, settings.dataDir().resolve(DataDirectory.OWN),
            settings.dataLogDir().resolve(DataDirectory.OWN), this::clientPort, this::bufferBytes,
            clock.nanoTime(), new AtomicLong(WordFacts.TRACE_MASK));
    }

    /** What connections hold; what is free for the next is theirs no more. */
    private long bufferBytes()
    {
        return transport.memory().totalBytes() - transport.memory().bytes(BufferPurpose.POOLED);
    }

    private void checkBooks(final MemoryLedger ledger)
    {
        if (ledger.totalBytes() != 0)
        {
            log.error("{} bytes of native memory were not given back", ledger.totalBytes());
        }
    }

    private static void log(final Finding finding)
    {
        switch (finding.severity())
        {
            case INFO -> LOG.info("{}", finding);
            case WARN -> LOG.warn("{}", finding);
            case REFUSE -> LOG.error("{}", finding);
        }
    }

    private void awaitLaunched() throws InterruptedException
    {
        boolean isLaunched;
        do
        {
            isLaunched = own.isEnsemble() ? roles.awaitStarted(LOOK_MS) : roles.awaitServing(LOOK_MS);
            final Throwable cause = failure.getNow(null);
            if (cause != null)
            {
                throw LaunchFailures.of(cause);
            }
        }
        while (!isLaunched);
    }

    /**
     * Waits until clients are served.
     *
     * @param timeout longest time to wait.
     * @return false when that time was too short, or the server has failed.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitServing(final Duration timeout) throws InterruptedException
    {
        final long deadlineNs = clock.nanoTime() + timeout.toNanos();
        while (!roles.awaitServing(LOOK_MS))
        {
            if (failure.isDone() || clock.nanoTime() - deadlineNs > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void fail(final Throwable cause)
    {
        if (failure.complete(cause))
        {
            log.error("a thread of the server failed, it no longer serves", cause);
        }
    }

    private void wakeOperators()
    {
        final OperatorLoop thread = operators;
        if (thread != null)
        {
            thread.wake();
        }
    }

    /**
     * Where clients connect, for a client on this machine or one that can reach the address.
     *
     * @return host and port.
     */
    public String connectString()
    {
        return ClientPort.connectString(transport.addresses().get(0));
    }

    /**
     * Where the server listens, for people.
     *
     * @return host and port; the host is 0.0.0.0 for all addresses.
     */
    public String listenString()
    {
        return ClientPort.listenString(transport.addresses().get(0));
    }

    /**
     * Port of clients.
     *
     * @return as bound.
     */
    public int clientPort()
    {
        return transport.addresses().get(0).getPort();
    }

    /**
     * Port of the admin server.
     *
     * @return as bound, or -1 when the server has none.
     */
    public int adminPort()
    {
        return admin.adminPort();
    }

    /**
     * Port on which Prometheus reads the figures.
     *
     * @return as bound, or -1 when the server has none.
     */
    public int metricsPort()
    {
        return admin.metricsPort();
    }

    /**
     * What the server does in its ensemble.
     *
     * @return standalone, leader, follower or observer; looking while clients are not served.
     */
    public String role()
    {
        return roles.role();
    }

    /**
     * Names who is told whenever clients are served in a new role, or again after they were not; if they are
     * already, the present role is told.
     *
     * @param listener is given the role; called by a thread of the server that may wait a little.
     */
    public void onRole(final Consumer<String> listener)
    {
        roles.listener(listener);
    }

    /**
     * Figures of the server; not to be read after {@link #close}.
     *
     * @return a view.
     */
    public MetricsView metrics()
    {
        return view;
    }

    /**
     * The latest requests that took long.
     *
     * @return may be asked by any thread.
     */
    public SlowRequests slowRequests()
    {
        return slowRequests;
    }

    /**
     * Completed when a restore was sent over HTTP and is to take effect: close the server then and launch it anew. What
     * is written until then is lost.
     *
     * @return a future of nothing, in most lives never completed.
     */
    public CompletableFuture<Void> relaunchWanted()
    {
        return relaunch.copy();
    }

    /**
     * Reads the configuration file again and takes over what can change without a restart: limits, throttles, the pace
     * of snapshots, thresholds. What cannot is told and stays. The log is told the same.
     *
     * @return what became of each key.
     * @throws io.caracal.server.config.ConfigException when the file cannot be read, or no server would start with it:
     *                                                  nothing has changed then.
     * @throws IllegalStateException                    when the server does not run, or its loop does not answer:
     *                                                  nothing has changed then, and nothing changes later.
     */
    public Reload reload()
    {
        return reloader.reload();
    }

    /**
     * Completed when a thread of the server has failed and the server no longer serves: close it then.
     *
     * @return a future of the cause, never completed when all goes well.
     */
    public CompletableFuture<Throwable> failure()
    {
        return failure.copy();
    }

    /**
     * Answers what is under way, forces the log, ends every thread and gives back every byte. The second call has no
     * effect.
     */
    @Override
    public synchronized void close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        parts.close();
    }

    private void closeAfter(final Throwable cause)
    {
        try
        {
            close();
        }
        catch (final RuntimeException ex)
        {
            cause.addSuppressed(ex);
        }
    }
}
