/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.ServerRole;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the answers to four-letter words in an ensemble with those of three voters and an observer of ZooKeeper
 * 3.9.5. The answers of those four processes are written down here.
 */
class EnsembleWordsTest
{
    private static final String CONFIG = """
        dataDir=%s
        clientPort=23181
        tickTime=2000
        initLimit=10
        syncLimit=5
        server.1=127.0.0.1:23281:23381
        server.2=127.0.0.1:23282:23382
        server.3=127.0.0.1:23283:23383
        server.4=127.0.0.1:23284:23384:observer
        """;

    /**
     * Lines of {@code mntr} that only a leader has, without those named after a learner, which change with the learner.
     */
    private static final List<String> OF_A_LEADER = List.of("last_proposal_size", "leader_uptime", "learners",
        "max_proposal_size", "min_proposal_size", "pending_syncs", "synced_followers", "synced_non_voting_followers",
        "synced_observers");
    private static final List<String> OF_AN_OBSERVER = List.of("observer_master_id");
    private static final List<String> OF_EVERYBODY = List.of("quorum_size");

    /** Lines that ZooKeeper 3.9.5 does not have: older scripts ask for them, or only its admin server reports them. */
    private static final List<String> OWN = List.of("accepted_epoch", "current_epoch", "leader_id");
    private static final List<String> OWN_OF_A_LEADER = List.of("followers", "learner_sync_progress",
        "learner_sync_sent",
        "syncing_learners");

    /** The {@code conf} answer of server 1, from {@code initLimit} on, without the members. */
    private static final String CONF = """
        initLimit=10
        syncLimit=5
        electionAlg=3
        electionPort=23381
        quorumPort=23281
        peerType=0
        membership:\s
        """;

    @TempDir
    private Path dir;

    private EnsembleText text(final WordDeskFixture desk, final long serverId)
    {
        final WordFacts facts = desk.facts;
        return new EnsembleText(new WordFacts(facts.version(), facts.live(), facts.membership(), serverId,
            facts.metrics(), facts.dataDir(), facts.dataLogDir(), facts.clientPort(), facts.bufferBytes(),
            facts.startTimeNs(), facts.traceMask()));
    }

    private static ServerStatus status(final ServerRole role)
    {
        return StatusFixture.status(role, status -> status.leadingForMs(4911).learners(3).syncedFollowers(2)
            .syncedObservers(1).syncedNonVoting(4).pendingSyncs(8).syncingLearners(2).syncSent(900).syncProgress(700));
    }

    private Map<String, Object> figures(final ServerRole role)
    {
        try (WordDeskFixture desk = new WordDeskFixture(dir, CONFIG.formatted(dir)))
        {
            final Map<String, Object> figures = new LinkedHashMap<>();
            text(desk, 1).figures(figures::put, status(role));
            return figures;
        }
    }

    @SafeVarargs
    private static Set<String> all(final List<String>... parts)
    {
        final Set<String> all = new TreeSet<>();
        for (final List<String> part : parts)
        {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void shouldMonitorALeaderAsZooKeeperDoes()
    {
        final Map<String, Object> figures = figures(ServerRole.LEADING);

        assertEquals(all(OF_EVERYBODY, OF_A_LEADER, OWN, OWN_OF_A_LEADER), new TreeSet<>(figures.keySet()));
        assertEquals(3, figures.get("quorum_size"), "voters, not members");
        assertEquals(3, figures.get("learners"));
        assertEquals(2, figures.get("synced_followers"));
        assertEquals(1, figures.get("synced_observers"));
        assertEquals(4, figures.get("synced_non_voting_followers"));
        assertEquals(8, figures.get("pending_syncs"));
        assertEquals(2, figures.get("syncing_learners"));
        assertEquals(900L, figures.get("learner_sync_sent"));
        assertEquals(700L, figures.get("learner_sync_progress"));
        assertEquals(4911L, figures.get("leader_uptime"));
        assertEquals("-1", figures.get("last_proposal_size").toString(), "nothing was proposed yet");
    }

    @Test
    void shouldMonitorAFollowerAsZooKeeperDoes()
    {
        assertEquals(all(OF_EVERYBODY, OWN), new TreeSet<>(figures(ServerRole.FOLLOWING).keySet()));
    }

    @Test
    void shouldMonitorAnObserverAsZooKeeperDoes()
    {
        final Map<String, Object> figures = figures(ServerRole.OBSERVING);

        assertEquals(all(OF_EVERYBODY, OF_AN_OBSERVER, OWN), new TreeSet<>(figures.keySet()));
        assertEquals(3L, figures.get("observer_master_id"));
    }

    @Test
    void shouldNamePhasesAsZooKeeperDoes()
    {
        assertEquals("leading - broadcast", EnsembleText.peerState(status(ServerRole.LEADING)));
        assertEquals("following - broadcast", EnsembleText.peerState(status(ServerRole.FOLLOWING)));
        assertEquals("observing - broadcast", EnsembleText.peerState(status(ServerRole.OBSERVING)));
        assertEquals("looking", EnsembleText.peerState(status(ServerRole.LOOKING)));
    }

    @Test
    void shouldShowTheConfigurationAsZooKeeperDoes()
    {
        try (WordDeskFixture desk = new WordDeskFixture(dir, CONFIG.formatted(dir)))
        {
            final StringBuilder voter = new StringBuilder();
            text(desk, 1).configuration(voter);
            assertEquals(CONF, voter.toString());

            final StringBuilder observer = new StringBuilder();
            text(desk, 4).configuration(observer);
            assertTrue(observer.toString().contains("\npeerType=1\n"), observer::toString);
        }
    }

    @Test
    void shouldTellProposalSizesOnALeaderOnly()
    {
        try (WordDeskFixture desk = new WordDeskFixture(dir, CONFIG.formatted(dir)))
        {
            final StringBuilder leader = new StringBuilder();
            text(desk, 1).proposals(leader, status(ServerRole.LEADING));
            assertEquals("Proposal sizes last/min/max: -1/-1/-1\n", leader.toString());

            final StringBuilder follower = new StringBuilder();
            text(desk, 1).proposals(follower, status(ServerRole.FOLLOWING));
            assertEquals("", follower.toString());
        }
    }
}
