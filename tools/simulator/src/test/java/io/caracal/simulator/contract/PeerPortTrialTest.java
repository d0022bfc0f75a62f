/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Tests how long {@link PeerPortTrial} waits, with ports that never link. A wait ends when its time is over, however
 * many cycles fit into it.
 */
class PeerPortTrialTest
{
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    @Test
    void shouldTellWhatWasWaitedForInVain()
    {
        final Trial trial = new Trial(TimeUnit.MILLISECONDS.toNanos(20));
        trial.run(() ->
        {
            final AssertionError inVain = assertThrows(AssertionError.class, trial::awaitLinks);
            assertTrue(inVain.getMessage().startsWith("waited in vain for links"), inVain.getMessage());
        });
        assertTrue(trial.network.nowNs <= MINUTE_NS, "waited for " + trial.network.nowNs + " ns");
    }

    @Test
    void shouldNotCountThatTheMachineStoodStill()
    {
        final Trial trial = new Trial(MINUTE_NS);
        trial.run(() -> trial.await("a few cycles", () -> trial.network.nowNs >= 5 * MINUTE_NS));
        assertEquals(5 * MINUTE_NS, trial.network.nowNs);
    }

    @Test
    void shouldWaitForABoundedTimeWhileTheMachineStandsStillAgainAndAgain()
    {
        final Trial trial = new Trial(MINUTE_NS);
        trial.run(() -> assertThrows(AssertionError.class, trial::awaitLinks));
        assertTrue(trial.network.nowNs <= 1000 * MINUTE_NS, "waited for " + trial.network.nowNs + " ns");
    }

    /** A trial of two servers on such a network. */
    private static final class Trial extends PeerPortTrial
    {
        private final DeafNetwork network;

        private Trial(final long pauseNs)
        {
            network = new DeafNetwork(pauseNs);
        }

        private void run(final Runnable body)
        {
            openFixture();
            start(A);
            start(B);
            body.run();
            closeFixture();
        }

        @Override
        protected PeerPortFixture open(final int messageLengthMax, final long... serverIds)
        {
            return network;
        }
    }

    /** A network on which nothing ever arrives, with pauses of a given length. */
    private static final class DeafNetwork implements PeerPortFixture
    {
        private final long pauseNs;
        private long nowNs;

        private DeafNetwork(final long pauseNs)
        {
            this.pauseNs = pauseNs;
        }

        @Override
        public PeerPort start(final long serverId)
        {
            return new DeafPort();
        }

        @Override
        public void kill(final long serverId)
        {
            throw new AssertionError("nobody is killed");
        }

        @Override
        public void pause()
        {
            nowNs += pauseNs;
        }

        @Override
        public long nowNs()
        {
            return nowNs;
        }

        @Override
        public void close()
        {
            // Nothing runs.
        }
    }

    private static final class DeafPort implements PeerPort
    {
        private final MutableDirectBuffer nothing = new UnsafeBuffer(0, 0);

        @Override
        public int poll(final PeerHandler handler)
        {
            return 0;
        }

        @Override
        public boolean isDrained()
        {
            return true;
        }

        @Override
        public int claim(final long serverId, final PeerStream stream, final int length)
        {
            return CLOSED;
        }

        @Override
        public MutableDirectBuffer claimed()
        {
            return nothing;
        }

        @Override
        public void commit()
        {
            throw new AssertionError("nothing was claimed");
        }

        @Override
        public int messageLengthMax()
        {
            return PeerPortTrial.MESSAGE_LENGTH_MAX;
        }

        @Override
        public void close(final long serverId)
        {
            throw new AssertionError("nothing is open");
        }
    }
}
