/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.Gauge;
import io.caracal.server.http.Page;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import io.caracal.server.words.ServerStatus;
import java.util.function.ToLongFunction;

/**
 * Answers the probes of orchestrators. {@code /livez} says whether the loop turns; if it does not, a restart may help.
 * {@code /readyz} says whether clients are served. The answer has one line per reason and the status 200 or 503.
 */
final class HealthPage implements Page
{
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** A server that is further behind than this says so: as long as the default peer time-out. */
    private static final long APPLY_DELAY_MAX_MS = 1000;
    private static final String NO_QUORUM_WITH_ROOM =
        "[!] quorum: no quorum of servers has room on its disks, writes " +
            "are refused, reads go on; /readyz of each server tells of its own disk\n";

    private static final String TREE_FULL =
        "[!] memory: znodes take all that they may take (treeMemoryLimitInMb), as a leader this server refuses " +
            "creates and longer data until some are deleted\n";

    private final AdminFacts facts;
    private final boolean isReadiness;

    HealthPage(final AdminFacts facts, final boolean isReadiness)
    {
        this.facts = facts;
        this.isReadiness = isReadiness;
    }

    @Override
    public Reply answer(final Request request)
    {
        try
        {
            final ServerStatus status = facts.engine().status();
            return isReadiness ? readiness(status, facts.words().metrics()::gauge, facts.missingFile().get()) :
                Reply.text(OK, "[+] loop: turns\n");
        }
        catch (final NoAnswerException ex)
        {
            return Reply.text(UNAVAILABLE, "[-] loop: " + ex.getMessage() + "\n");
        }
    }

    /**
     * Returns the readiness of a server whose loop turns.
     *
     * @param status      of the server.
     * @param gauges      of the server.
     * @param missingFile a file of the server that is gone, else empty.
     */
    static Reply readiness(final ServerStatus status, final ToLongFunction<Gauge> gauges, final String missingFile)
    {
        final long applyDelayMs = gauges.applyAsLong(Gauge.APPLY_DELAY_MS);
        final StringBuilder reasons = new StringBuilder("[+] loop: turns\n");
        if (status.isServing())
        {
            reasons.append("[+] clients: served as ").append(status.mode()).append(", zxid 0x")
                .append(Long.toHexString(status.zxid())).append('\n');
            reasons.append(applyDelayMs < APPLY_DELAY_MAX_MS ? "" : "[!] applying: " + applyDelayMs +
                " ms behind what is committed, clients see a state that is so old, and their writes take so long\n");
        }
        else
        {
            reasons.append("[-] clients: not served, there is no established leader that this server is sure of; ")
                .append("epoch ").append(status.currentEpoch()).append(", zxid 0x")
                .append(Long.toHexString(status.zxid())).append('\n');
            reasons.append(status.standstill().isEmpty() ? "" : "[-] election: " + status.standstill() + "\n");
        }

        reasons.append(status.isWritesRefused() ? "[!] disk: no room for the log, writes are refused" +
            (status.isServing() ? ", reads go on\n" : "\n") : "[+] disk: has room for the log\n");
        reasons.append(gauges.applyAsLong(Gauge.TREE_FULL) == 1 ? TREE_FULL : "");
        reasons.append(missingFile.isEmpty() ? "" : "[!] files: " + missingFile +
            " was removed or replaced under this " +
            "server, what it writes now is lost when it ends; put it back, or fetch the state before you stop it\n");
        reasons.append(status.quorumLacksRoom() && !"standalone".equals(status.mode()) ? NO_QUORUM_WITH_ROOM : "");
        return Reply.text(status.isServing() ? OK : UNAVAILABLE, reasons.toString());
    }
}
