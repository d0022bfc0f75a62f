/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.port.Gauge;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.admin.AdminActions;
import io.caracal.server.admin.AdminFacts;
import io.caracal.server.admin.EngineReader;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.launch.AdminPorts;
import io.caracal.server.launch.ClientDoor;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.PortAttempts;
import io.caracal.server.launch.QuorumPorts;
import io.caracal.server.launch.TrustMark;
import io.caracal.server.launch.VotersMark;
import io.caracal.server.log.LogMark;
import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.ThreadClock;
import io.caracal.server.metrics.Vital;
import io.caracal.server.news.AwaitedDialers;
import io.caracal.server.news.PeerNews;
import io.caracal.server.news.RoleBoard;
import io.caracal.server.news.ServerEvents;
import io.caracal.server.offline.RestoreUpload;
import io.caracal.server.record.Recording;
import io.caracal.server.words.OperatorBridge;
import io.caracal.server.words.WordFacts;
import io.caracal.server.words.WordServer;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.PeerTransport;
import io.caracal.transport.aeron.AeronPeerPort;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;

/**
 * Assembles a server: opens its parts in the order of their dependencies, connects them, starts the threads, and closes
 * everything in reverse order.
 */
final class ServerAssembly implements AutoCloseable
{
    private static final long JOIN_MS = 30_000;
    private static final String ON_PROBATION =
        "{}, so it votes only when all servers are there, or after a leader has synchronized it";

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final OpenParts parts = new OpenParts(JOIN_MS);
    private final Settings settings;
    private final OwnServer own;
    private final ServerContext context;
    private final Logger log;
    private final RoleBoard roles;
    private final Reloader reloader;
    private final Consumer<Throwable> onFailure;
    private Wiring wiring;
    private ServerEvents events;
    private AwaitedDialers dialers;
    private SelectIdle idle;
    private OpenJournal journal;
    private ServerMetrics metrics;
    private MetricsView view;
    private OperatorBridge bridge;
    private WordFacts facts;
    private WordServer words;
    private ClientTransport transport;
    private Recording recording;
    private AdminPorts admin;
    private volatile AutoCloseable last = () ->
    {
    };
    private volatile OperatorLoop operators;

    /**
     * Creates the assembly; nothing is open yet.
     *
     * @param settings  that were checked.
     * @param own       identity of this server.
     * @param context   with which the server was launched.
     * @param onFailure is told when a thread has failed; called by any thread.
     */
    ServerAssembly(final Settings settings, final OwnServer own, final ServerContext context,
        final Consumer<Throwable> onFailure)
    {
        this.settings = settings;
        this.own = own;
        this.context = context;
        this.onFailure = onFailure;
        log = own.log();
        roles = new RoleBoard(own.isEnsemble(), this::wakeOperators);
        reloader = new Reloader(context, own, settings);
    }

    /**
     * Opens everything and starts the threads.
     *
     * @throws IOException          when files cannot be read or written; the caller must call {@link #close}.
     * @throws InterruptedException when interrupted while it waits; the caller must call {@link #close}.
     */
    void open() throws IOException, InterruptedException
    {
        if (own.isEnsemble() && context.isProcess())
        {
            PortAttempts.forgetUnknownNames();
        }

        wiring = new Wiring(settings, own);
        events =
            new ServerEvents(log, roles, TimeUnit.MILLISECONDS.toNanos(settings.integer(ServerProperty.FSYNC_WARNING)),
                settings.dataLogDir(), wiring.journal().segmentLength() >> 20,
                settings.integer(ServerProperty.JUTE_MAX_BUFFER));
        idle = parts.add(new SelectIdle(wiring.transport().conclude()));
        openJournal();
        openFigures();
        openClients();
        final MemoryLedger ledger = new MemoryLedger();
        parts.add(() -> checkBooks(ledger));
        openRecording();

        final NodeContext node = wiring.node(ledger).ports(new NodeContext.Ports(transport, journal.journal(),
            journal.snapshotStore(), journal.epochStore(), bridge, recording.sink()));
        final TrustMark trust = new TrustMark(settings);
        final PeerTransport peers = own.isEnsemble() ? join(node, trust) : null;
        if (peers == null)
        {
            roles.firstService(() -> forgetPermission(trust));
        }

        final NodeAgent agent = parts.add(new NodeAgent(node.conclude()));
        final EngineReader reader = new EngineReader(bridge);
        final AdminFacts about = new AdminFacts(facts, reader, clock, context.fileText(), recording.slowRequests(),
            recording.hotPaths(), events::missingFile);
        final AdminActions actions = new AdminActions(() -> transport.addresses().get(0),
            vital -> metrics.vital(vital).getAndAdd(1));
        admin = parts.add(AdminPorts.bind(settings, about, actions, context.isProcess()));
        final ConnectionLimits limits = ConnectionLimits.of(transport, admin.count());
        limits.apply(settings);
        events.refused().explanations(limits::because);
        startThreads(agent, new LoopPorts(transport, peers));
        parts.add(reloader::end);
        reloader.begin(new Reloader.Parts(reader, limits, recording, events, operators));
        // Once threads run, the ports are closed before all of them; the part added above is for a start that fails.
        parts.add(admin);
        admin.open();
    }

    RoleBoard roles()
    {
        return roles;
    }

    Reloader reloader()
    {
        return reloader;
    }

    /** The client port; valid once open. */
    ClientTransport transport()
    {
        return transport;
    }

    /** The ports of the admin server and of Prometheus; valid once open. */
    AdminPorts admin()
    {
        return admin;
    }

    /** The metrics; valid once open. */
    MetricsView view()
    {
        return view;
    }

    /** What is recorded about requests; valid once open. */
    Recording recording()
    {
        return recording;
    }

    /** Sets a task that runs while the server closes, last of all before another server may use its directories. */
    void last(final AutoCloseable task)
    {
        last = task;
    }

    @Override
    public void close()
    {
        parts.close();
    }

    private void openJournal()
    {
        // The journal's threads update the metrics until they end, so the metrics are closed after them.
        parts.add(this::closeMetrics);
        journal = parts.add(OpenJournal.open(wiring.journal().ownsProcess(context.isProcess())
            .fileSystem(context.fileSystem()).threadFactory(this::marked).wakeup(idle::wakeup).events(events)
            .onFailure(onFailure)));
        parts.add(() -> last.close());
        journal.requireEpochs();
        removeUpload();
    }

    /** Removes what is left of a snapshot that was being uploaded to this server when it was killed. */
    private void removeUpload()
    {
        try
        {
            RestoreUpload.sweep(settings.dataDir().resolve(DataDirectory.OWN).resolve(RestoreUpload.DIRECTORY));
        }
        catch (final IOException ex)
        {
            log.warn("what was left of a snapshot that was sent to this server cannot be removed: {}", ex.toString());
        }
    }

    private void openFigures()
    {
        metrics = SharedFigures.open(settings, parts, log);
        parts.add(metrics::withdraw);
        events.metrics(metrics);
        view = new MetricsView(metrics);
    }

    private void openClients()
    {
        bridge = parts.add(new OperatorBridge(idle::wakeup, this::wakeOperators));
        facts = wordFacts();
        words = new WordServer(bridge, facts, clock, this::wakeOperators);
        transport = parts.add(ClientDoor.open(
            wiring.transport().threadFactory(this::marked).events(events).wordHandler(words)
                .errorHandler(onFailure::accept).conclude(),
            wiring.clientAddress(), idle));
        words.port(transport);
        metrics.vital(Vital.SERVER_ID).setRelease(own.isEnsemble() ? own.serverId() : 0);
        metrics.vital(Vital.CLIENT_PORT).setRelease(clientPort());
        metrics.vital(Vital.STARTED_NS).setRelease(facts.startTimeNs());
    }

    private WordFacts wordFacts()
    {
        return new WordFacts(Version.forTools(), reloader::settings, own.membership(), own.isEnsemble() ?
            own.serverId() : 0, view, settings.dataDir().resolve(DataDirectory.OWN),
            settings.dataLogDir().resolve(DataDirectory.OWN), this::clientPort, this::bufferBytes, clock.nanoTime(),
            new AtomicLong(WordFacts.TRACE_MASK));
    }

    private void openRecording()
    {
        recording = parts.add(new Recording(new Recording.Options(settings.integer(ServerProperty.SLOW_REQUEST),
            settings.flag(ServerProperty.AUDIT), own.serverId(), PathKeys.of(settings)), metrics,
            new CountersSink(
                metrics, clock,
                threadClock(), events),
            clock, SystemEpochClock.INSTANCE, idle::wakeup, onFailure));
        events.recording(recording);
    }

    private void forgetPermission(final TrustMark trust)
    {
        try
        {
            trust.onServing();
        }
        catch (final IOException ex)
        {
            log.warn("{}", ex.getMessage());
        }
    }

    private void remember(final VotersMark voters)
    {
        try
        {
            voters.onEstablished();
        }
        catch (final UncheckedIOException ex)
        {
            log.warn("{}; without it the next start cannot tell whether the voters have changed", ex.getMessage());
        }
    }

    /** Gives the node what only a member of an ensemble has. */
    private PeerTransport join(final NodeContext node, final TrustMark trust) throws InterruptedException
    {
        final VotersMark voters = new VotersMark(settings, own.membership());
        if (!trust.isTrusted())
        {
            log.warn(ON_PROBATION, trust.doubt());
        }
        if (voters.haveChanged())
        {
            log.warn(ON_PROBATION, voters.change());
        }

        node.ensemble(wiring.ensemble(trust.isTrusted(), voters.haveChanged(), trust.mayBeginBlank()))
            .catchUp(journal.catchUp());
        trust.begin();
        final RoleClasses classes = new RoleClasses(Invariant.class, AeronPeerPort.class);
        roles.firstService(trust::onEstablished);
        roles.firstService(() -> remember(voters));
        startOnceServing(thread("caracal-classes", classes), classes::end);
        dialers = new AwaitedDialers(log, own.membership().server(own.serverId()), own.membership().servers(),
            clock.nanoTime());
        final PeerNews news = new PeerNews(log, metrics, recording, dialers);
        final PortAttempts attempts = new PortAttempts(log, settings.integer(ServerProperty.PORT_ATTEMPTS));
        final PeerTransport peers =
            parts.add(attempts.first(() -> QuorumPorts.open(wiring.peers().threadFactory(this::marked)
                .events(news).conclude(), idle)));
        node.peers(peers);
        return peers;
    }

    /**
     * Creates the clock of processor time. A separate thread sets it up once clients are served, so that neither the
     * start nor an answer has to wait for it.
     */
    private ThreadClock threadClock()
    {
        final ThreadClock threadClock = new ThreadClock();
        startOnceServing(thread("caracal-clock", threadClock::setUp), () ->
        {
        });
        return threadClock;
    }

    /**
     * Leaves work to a thread that starts once clients are served. The server serves without it as well.
     *
     * @param thread that does the work.
     * @param end    tells the thread to end.
     */
    private void startOnceServing(final Thread thread, final Runnable end)
    {
        parts.add(thread, end);
        roles.firstService(() ->
        {
            try
            {
                thread.start();
            }
            catch (final OutOfMemoryError ex)
            {
                log.warn("the thread {} cannot be started, and the server goes on without it: {}", thread.getName(), ex
                    .getMessage());
            }
        });
    }

    private void startThreads(final NodeAgent node, final LoopPorts ports)
    {
        final int retainCount = settings.integer(ServerProperty.PURGE_RETAIN);
        operators = new OperatorLoop(words, roles, this::tellNews, clock, () -> journal.purge(retainCount),
            TimeUnit.HOURS.toNanos(settings.integer(ServerProperty.PURGE_INTERVAL)), onFailure);
        final ServerLoop loop = new ServerLoop(node, ports, idle, clock, SystemEpochClock.INSTANCE, recording.sink(),
            metrics.gauge(Gauge.OUTSTANDING_REQUESTS)::getAcquire, settings.flag(ServerProperty.FORCE_SYNC), onFailure);
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

    private int tellNews(final long nowNs)
    {
        return events.tell(nowNs) + (dialers == null ? 0 : dialers.tell(nowNs));
    }

    private Thread thread(final String name, final Runnable task)
    {
        final Thread thread = marked(task);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes a thread, also for a module. Events that it reports are logged there. */
    private Thread marked(final Runnable task)
    {
        return context.threads().newThread(LogMark.carried(task));
    }

    private int clientPort()
    {
        return transport.addresses().get(0).getPort();
    }

    /** Bytes of buffers that connections hold, without pooled buffers that are free to be used again. */
    private long bufferBytes()
    {
        return transport.memory().totalBytes() - transport.memory().bytes(BufferPurpose.POOLED);
    }

    private void wakeOperators()
    {
        final OperatorLoop thread = operators;
        if (thread != null)
        {
            thread.wake();
        }
    }

    private void closeMetrics()
    {
        if (metrics != null)
        {
            metrics.close();
        }
    }

    private void checkBooks(final MemoryLedger ledger)
    {
        if (ledger.totalBytes() != 0)
        {
            log.error("{} bytes of native memory were not given back", ledger.totalBytes());
        }
    }
}
