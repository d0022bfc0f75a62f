/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import org.junit.jupiter.api.Test;

class LearnerHeadwaysTest
{
    private static final long LIMIT_NS = 100;
    private static final int PLACE = 1;
    private static final int OBSERVER_PLACE = 3;

    private final Learners learners = new Learners(new Ensemble(new long[]{ 1, 2, 3 }, new long[]{ 4 }));
    private long sent;
    private final LearnerHeadways headways = new LearnerHeadways(learners, 3, server -> sent, LIMIT_NS, 0);

    private LearnerLink attach(final long server, final int place, final long watchNs)
    {
        final LearnerLink learner = new LearnerLink(server, 1, server != 4, watchNs);
        learners.put(learner);
        headways.begin(place, watchNs);

        return learner;
    }

    @Test
    void shouldBeStuckWhenNothingChangesForTooLong()
    {
        attach(2, PLACE, 1000);
        assertFalse(headways.isStuck(PLACE, 1001));
        assertFalse(headways.isStuck(PLACE, 1001 + LIMIT_NS));
        assertTrue(headways.isStuck(PLACE, 1002 + LIMIT_NS));
    }

    @Test
    void shouldGetAheadByWhatIsSentAndByWhatTheLearnerSays()
    {
        final LearnerLink learner = attach(2, PLACE, 0);
        assertFalse(headways.isStuck(PLACE, 1));
        sent++;
        assertFalse(headways.isStuck(PLACE, 200));
        learner.progress++;
        assertFalse(headways.isStuck(PLACE, 400));
        learner.phase = LearnerLink.Phase.SYNCING;
        sent = 0;
        learner.progress = 0;
        assertFalse(headways.isStuck(PLACE, 600));
        assertTrue(headways.isStuck(PLACE, 800));
    }

    @Test
    void shouldGiveALearnerThatAttachesAgainItsTime()
    {
        attach(2, PLACE, 0);
        assertFalse(headways.isStuck(PLACE, 1));
        attach(2, PLACE, 200);
        assertFalse(headways.isStuck(PLACE, 201));
    }

    @Test
    void shouldSeeNoHeadwayOfTheEpochInALearnerThatBeginsAgain()
    {
        final LearnerLink learner = attach(2, PLACE, 0);
        learner.phase = LearnerLink.Phase.SYNCING;
        assertFalse(headways.isEstablishmentStuck(0, 1));
        learners.remove(2);
        assertFalse(headways.isEstablishmentStuck(0, 50));
        attach(2, PLACE, 60).phase = LearnerLink.Phase.ASKED;
        assertTrue(headways.isEstablishmentStuck(0, 200));
        learners.at(PLACE).phase = LearnerLink.Phase.ADOPTING;
        assertFalse(headways.isEstablishmentStuck(0, 201));
    }

    @Test
    void shouldCountTheLeaderItselfAndNoObserver()
    {
        assertFalse(headways.isEstablishmentStuck(1, 1));
        assertFalse(headways.isEstablishmentStuck(2, 200));
        attach(4, OBSERVER_PLACE, 300).phase = LearnerLink.Phase.UP;
        assertTrue(headways.isEstablishmentStuck(2, 301));
    }
}
