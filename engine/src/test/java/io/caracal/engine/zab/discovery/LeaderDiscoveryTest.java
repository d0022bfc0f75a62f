/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Quorum;
import org.junit.jupiter.api.Test;

class LeaderDiscoveryTest
{
    private static final long LEADER = 5;

    private final LeaderDiscovery discovery = new LeaderDiscovery(new Quorum(1, 2, 3, 4, LEADER), LEADER, 2);

    @Test
    void shouldChooseAnEpochLaterThanEveryPromiseOfAQuorum()
    {
        discovery.onAccepted(1, 7);
        assertEquals(LeaderDiscovery.NOT_CHOSEN, discovery.epoch());
        discovery.onAccepted(2, 3);
        assertEquals(8, discovery.epoch());
    }

    @Test
    void shouldChooseAnEpochLaterThanThePromiseOfAVoterThatDoesNotCount()
    {
        discovery.onRemembered(9);
        discovery.onAccepted(1, 7);
        assertEquals(LeaderDiscovery.NOT_CHOSEN, discovery.epoch(), "two of five");
        discovery.onAccepted(2, 3);
        assertEquals(10, discovery.epoch());
        discovery.onRemembered(20);
        assertEquals(10, discovery.epoch(), "chosen once");
    }

    @Test
    void shouldBePromisedAtOnceWhereNobodyElseVotes()
    {
        final LeaderDiscovery alone = new LeaderDiscovery(new Quorum(LEADER), LEADER, 2);
        assertFalse(alone.isPromised());
        alone.onPromised(LEADER, 0);
        assertTrue(alone.isPromised());
        assertFalse(alone.wantsRound(0));
    }

    @Test
    void shouldBePromisedWhenAllOfAQuorumWereThereAfterTheLastPromise()
    {
        promise(4, LEADER, 1);
        discovery.onAnswer(1, 5);
        assertFalse(discovery.isPromised(), "two promises");
        promise(6, 2);
        assertFalse(discovery.isPromised(), "nobody has answered since");
        discovery.onAnswer(2, 7);
        assertFalse(discovery.isPromised(), "server 1 may have been gone before server 2 promised");
        discovery.onAnswer(1, 6);
        assertFalse(discovery.isPromised(), "a round that may have been answered before that promise");
        discovery.onAnswer(1, 7);
        assertTrue(discovery.isPromised());
    }

    @Test
    void shouldNotWaitForOneWhoPromisesWhenAQuorumHas()
    {
        promise(4, LEADER, 1, 2);
        discovery.onAnswer(1, 5);
        promise(5, 3);
        discovery.onAnswer(2, 5);
        assertTrue(discovery.isPromised());
    }

    @Test
    void shouldFindAnotherQuorumWhenOneOfTheFirstIsGone()
    {
        promise(4, LEADER, 1, 2);
        promise(5, 3);
        discovery.onAnswer(3, 6);
        discovery.onAnswer(2, 6);
        assertTrue(discovery.isPromised());
        discovery.onGone(2);
        assertFalse(discovery.isPromised());
        promise(7, 2);
        discovery.onAnswer(2, 8);
        assertFalse(discovery.isPromised(), "server 3 answered before the promise of server 2");
        discovery.onAnswer(3, 8);
        assertTrue(discovery.isPromised());
    }

    @Test
    void shouldWantOneRoundWhenAQuorumHasPromised()
    {
        promise(4, LEADER, 1);
        assertFalse(discovery.wantsRound(4));
        promise(4, 2);
        assertTrue(discovery.wantsRound(4));
        assertFalse(discovery.wantsRound(5), "it has begun");
        promise(5, 3);
        assertFalse(discovery.wantsRound(5), "the others are enough");
        discovery.onAnswer(1, 5);
        discovery.onAnswer(2, 5);
        assertFalse(discovery.wantsRound(5));
    }

    @Test
    void shouldCountNobodyWhoDoesNotVote()
    {
        promise(1, LEADER, 1, 7, 8);
        discovery.onAnswer(7, 2);
        discovery.onAnswer(1, 2);
        assertFalse(discovery.isPromised());
    }

    private void promise(final long round, final long... voters)
    {
        for (final long voter : voters)
        {
            discovery.onPromised(voter, round);
        }
    }
}
