/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.exceptions.AeronException;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.util.SplittableRandom;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationTest
{
    private static final int FILLER_TYPE = 1;
    private static final int FILLER_LENGTH = 64 << 10;
    private static final int FILLER_HEADER_LENGTH = 8;
    /** Room for a command to listen for one stream, and for another one that takes it back, but not for two streams. */
    private static final int ROOM_LEFT = 256;

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1, 2);
    private final PeerContext context = ensemble.context(2).conclude();
    private final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
    private final DriverKeeper driver = new DriverKeeper(context, idle);
    private final LinkWorld world = new LinkWorld(context, idle, driver);

    @AfterEach
    void close()
    {
        world.close();
        driver.close();
        idle.close();
        ensemble.close();
    }

    @Test
    void shouldLeaveNothingWhenItCannotListenForAllStreams()
    {
        driver.start();
        final SessionIds ids = SessionIds.draw(new SplittableRandom(1), PeerStream.values().length);
        final RingBuffer commands = driver.driver().aeron().context().toDriverBuffer();
        final IntArrayList fillers = fill(commands);
        final int room = commands.capacity() - commands.size();
        final AeronException thrown = assertThrows(AeronException.class, () -> world.generation(1, ids.toDialer(),
            ids.fromDialer(), 1));
        assertTrue(commands.capacity() - commands.size() < room, "it was refused before it began: " + thrown);
        assertEquals(0, driver.driver().sessions().size());
        fillers.forEachInt(commands::abort);

        while (driver.invoke() > 0)
        {
            // The driver does all that it was told.
        }

        assertTrue(driver.isReady());
        assertFalse(ensemble.events().has("error"), ensemble.events().all()::toString);
    }

    /** Leaves little room for commands to the driver, as if it had stopped taking them. */
    private static IntArrayList fill(final RingBuffer commands)
    {
        final IntArrayList fillers = new IntArrayList();
        int room = commands.capacity() - commands.size() - ROOM_LEFT;
        while (room > FILLER_HEADER_LENGTH)
        {
            final int length = Math.min(room, FILLER_LENGTH) - FILLER_HEADER_LENGTH;
            final int index = commands.tryClaim(FILLER_TYPE, length);
            assertTrue(index > 0, "no room for a filler");
            fillers.addInt(index);
            room = commands.capacity() - commands.size() - ROOM_LEFT;
        }

        return fillers;
    }
}
