/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.ConfigRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.server.config.ServerLine;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.metrics.ProposalSizes;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;

/** Renders facts about the ensemble and this server's part in it. */
final class EnsembleText
{
    private static final String LEADER = "leader";

    private final WordFacts facts;

    EnsembleText(final WordFacts facts)
    {
        this.facts = facts;
    }

    /** Writes the lines of {@code conf} that precede the list of members. */
    void configuration(final StringBuilder out)
    {
        final ServerLine own = facts.membership().server(facts.serverId());
        out.append("initLimit=").append(facts.settings().text(ServerProperty.INIT_LIMIT)).append('\n')
            .append("syncLimit=").append(facts.settings().text(ServerProperty.SYNC_LIMIT)).append('\n')
            .append("electionAlg=").append(facts.settings().text(ServerProperty.ELECTION_ALG)).append('\n')
            .append("electionPort=").append(own.electionPort()).append('\n')
            .append("quorumPort=").append(own.quorumPort()).append('\n')
            .append("peerType=").append(own.isObserver() ? 1 : 0).append('\n').append("membership: \n");
    }

    static void members(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        final ConfigRecordDecoder record = new ConfigRecordDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        final byte[] text = new byte[record.textLength()];
        record.getText(text, 0, text.length);
        out.append(new String(text, StandardCharsets.UTF_8));
    }

    /** Writes the last line of {@code srvr} and {@code stat}, which only a leader has. */
    void proposals(final StringBuilder out, final ServerStatus status)
    {
        if (LEADER.equals(status.mode()))
        {
            final ProposalSizes sizes = facts.metrics().proposalSizes();
            out.append("Proposal sizes last/min/max: ").append(sizes.last()).append('/').append(sizes.min()).append('/')
                .append(sizes.max()).append('\n');
        }
    }

    /**
     * Returns the phase of the server in ZooKeeper's terms. A server that serves is always in the last one, broadcast.
     */
    static String peerState(final ServerStatus status)
    {
        return switch (status.mode())
        {
            case LEADER -> "leading - broadcast";
            case "follower" -> "following - broadcast";
            case "observer" -> "observing - broadcast";
            default -> status.mode();
        };
    }

    /** Writes the figures that only members of an ensemble have. */
    void figures(final BiConsumer<String, Object> line, final ServerStatus status)
    {
        line.accept("quorum_size", facts.membership().voters().length);
        line.accept("accepted_epoch", status.acceptedEpoch());
        line.accept("current_epoch", status.currentEpoch());
        line.accept("leader_id", status.leader());
        switch (status.mode())
        {
            case LEADER -> leaderFigures(line, status);
            case "observer" -> line.accept("observer_master_id", status.leader());
            default -> {
                // A follower hosts no observers, and has no figures of its own.
            }
        }
    }

    private void leaderFigures(final BiConsumer<String, Object> line, final ServerStatus status)
    {
        final ProposalSizes sizes = facts.metrics().proposalSizes();
        line.accept("learners", status.learners());
        line.accept("followers", status.syncedFollowers());
        line.accept("synced_followers", status.syncedFollowers());
        line.accept("synced_non_voting_followers", status.syncedNonVoting());
        line.accept("synced_observers", status.syncedObservers());
        line.accept("pending_syncs", status.pendingSyncs());
        line.accept("syncing_learners", status.syncing().learners());
        line.accept("learner_sync_sent", status.syncing().sent());
        line.accept("learner_sync_progress", status.syncing().progress());
        line.accept("leader_uptime", status.leadingForMs());
        line.accept("last_proposal_size", sizes.last());
        line.accept("min_proposal_size", sizes.min());
        line.accept("max_proposal_size", sizes.max());
    }
}
