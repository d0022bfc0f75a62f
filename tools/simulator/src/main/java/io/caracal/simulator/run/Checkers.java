/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.node.EnsembleTimes;
import io.caracal.simulator.check.AgreedLog;
import io.caracal.simulator.check.EffectChecker;
import io.caracal.simulator.check.EpochChecker;
import io.caracal.simulator.check.History;
import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.KeptListsChecker;
import io.caracal.simulator.check.LeaderNews;
import io.caracal.simulator.check.LinearizabilityChecker;
import io.caracal.simulator.check.ModelTree;
import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.QuotaChecker;
import io.caracal.simulator.check.ReapingChecker;
import io.caracal.simulator.check.ReplyChecker;
import io.caracal.simulator.check.SessionChecker;
import io.caracal.simulator.check.TimelinessChecker;
import io.caracal.simulator.check.Txn;
import io.caracal.simulator.check.Violation;
import io.caracal.simulator.check.WatchChecker;
import io.caracal.simulator.check.WatchEvent;
import io.caracal.simulator.check.WordChecker;
import io.caracal.simulator.clients.ClientListener;
import io.caracal.simulator.clients.OperationMix;
import io.caracal.simulator.clients.Welcome;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** All checkers of a run, wired together. */
final class Checkers implements ClientListener
{
    /**
     * Time for heartbeats, the time-out of a peer and the transmission. After it a leader has learned of a client's
     * sign of life, or it knows that it does not hear the server that received it.
     */
    private static final long REPORT_NS = TimeUnit.MILLISECONDS.toNanos(2500);

    /**
     * Maximum age of a state that is shown. A leader answers clients for one time-out after it last heard its quorum,
     * and a learner for another time-out after it last heard its leader.
     */
    private static final long SHOWN_NS = 2 * EnsembleTimes.DEFAULT.timeoutNs() + TimeUnit.MILLISECONDS.toNanos(100);

    final AgreedLog log = new AgreedLog();
    final ModelTree tree = new ModelTree();
    final LeaderNews news = new LeaderNews();
    final SessionChecker sessions = new SessionChecker(REPORT_NS, news);
    final EffectChecker effects = new EffectChecker(log, sessions);
    final EpochChecker epochs = new EpochChecker();
    final WordChecker words = new WordChecker(log);
    final TimelinessChecker timeliness;
    final History history = new History();
    final ReapingChecker reaping;
    final KeptListsChecker lists = new KeptListsChecker(tree);
    final LinearizabilityChecker linearizability = new LinearizabilityChecker(OperationMix.REGISTERS);

    private final ReplyChecker replies = new ReplyChecker(log, tree, sessions);
    private final TreeMap<Integer, WatchChecker> watches = new TreeMap<>();
    private final Trace trace;
    private final ServerSettings servers;

    Checkers(final Trace trace, final LongSupplier clock, final ServerSettings servers)
    {
        this.servers = servers;
        reaping = new ReapingChecker(tree, servers.reaper().perMinuteMax(), servers.reaper().neverUsedMs());
        timeliness = new TimelinessChecker(clock, SHOWN_NS);
        this.trace = trace;
        log.add((txn, appendedNs) -> tree.apply(txn));
        log.add(new QuotaChecker(log, tree));
        log.add((txn, appendedNs) -> onAgreed(txn, appendedNs, clock.getAsLong()));
        log.add(sessions);
        log.add(effects);
        log.add(reaping);
        log.add(timeliness);
    }

    private void onAgreed(final Txn txn, final long appendedNs, final long nowNs)
    {
        sessions.time(nowNs);
        if (txn.kind() == Txn.Kind.RESTORED)
        {
            trace.zxid("everybody", "has what was sent to be restored, from", txn.zxid(), txn);
            linearizability.onRestored(appendedNs, nowNs, path -> tree.at(path, txn.zxid()));
        }
    }

    /** Runs the checks that need the whole history. Nothing may be under way any more. */
    void onEnd()
    {
        effects.onEnd(history.operations());
        linearizability.check(history.operations());
    }

    @Override
    public void onAskedBack(final long sessionId, final int wantedMs, final long nowNs)
    {
        sessions.onAskedBack(sessionId, TimeUnit.MILLISECONDS.toNanos(SimulatedServer.grantedMs(wantedMs)), nowNs);
    }

    @Override
    public void onConnected(final int clientId, final Welcome welcome)
    {
        final long sessionId = welcome.sessionId();
        trace.add(name(clientId), welcome.isNew() ? "begins a session at server" : "resumes its session at server",
            welcome.serverId(), Long.toHexString(sessionId) + " for ms " + welcome.grantedMs());
        if (welcome.grantedMs() != SimulatedServer.grantedMs(welcome.wantedMs()))
        {
            throw new Violation("a client is told the time-out nearest to what it wants", welcome.toString());
        }
        sessions.onAgreedWith(sessionId, welcome.serverId(), TimeUnit.MILLISECONDS.toNanos(welcome.grantedMs()),
            welcome.saidNs());
        watches.put(clientId, new WatchChecker(log, tree, clientId));
    }

    @Override
    public void onExpired(final int clientId, final long sessionId)
    {
        trace.add(name(clientId), "is told of the end of session", sessionId, null);
        sessions.onToldOfEnd(sessionId);
    }

    @Override
    public void onDisconnected(final int clientId, final long serverId, final String reason)
    {
        trace.add(name(clientId), "leaves server", serverId, reason);
    }

    @Override
    public void onInvoked(final Operation operation)
    {
        trace.add(name(operation.clientId), "asks", operation.number, operation.kind + " " + operation.path);
        history.onInvoked(operation);
        sessions.onSent(operation.sessionId, operation.invokedNs);

        if (operation.kind == Operation.Kind.CLOSE_SESSION)
        {
            sessions.onEndAsked(operation.sessionId);
        }
    }

    @Override
    public void onPinging(final long sessionId, final long nowNs)
    {
        sessions.onSent(sessionId, nowNs);
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        trace.zxid(name(operation.clientId), "is answered at", operation.zxid, operation);
        sessions.onAnswered(operation.sessionId, operation.invokedNs);
        history.onAnswered(operation);
        replies.onReply(operation);
        watches.get(operation.clientId).onReply(operation);

        switch (operation.kind)
        {
            case CREATE, DELETE, SET_DATA, SET_ACL, MULTI -> effects.onAnswered(operation);
            default -> {
                // Has no effect.
            }
        }
    }

    @Override
    public void onUnknown(final Operation operation)
    {
        trace.hash(name(operation.clientId), "will never know", operation.number);
    }

    @Override
    public void onAuthenticated(final int clientId, final Identities identities)
    {
        trace.add(name(clientId), "is taken for", identities.digests().size(), identities);
        watches.get(clientId).onAuthenticated(identities);
    }

    @Override
    public void onEvent(final int clientId, final WatchEvent event)
    {
        trace.zxid(name(clientId), "is sent an event of", event.zxid(), event);
        watches.get(clientId).onEvent(event);
    }

    @Override
    public void onExchange(final long sessionId, final long sentNs, final long receivedNs)
    {
        sessions.onExchange(sessionId, sentNs, receivedNs);
    }

    @Override
    public void onShown(final int clientId, final long serverId, final long zxid, final long saidNs)
    {
        if (!servers.isLate(serverId))
        {
            timeliness.onShown(serverId, zxid, saidNs);
        }
    }

    private static String name(final int clientId)
    {
        return "client " + clientId;
    }
}
