/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TuningTest
{
    private static final ClientLimits PRESENT = new ClientLimits(1, 2, 3, 4, 5, 6, 7, 8);

    private final Tuning tuning = new Tuning(new ClientLimits(100, 200, 300, 400, 500, 600L << 32, 700, 800),
        new ThrottleSettings(9, 8, 7, 6, 0.5, 0.4, 0.3, true, 5, 4, 3), new SnapshotSettings(11, 12L << 32, 13),
        new ReaperSettings(14L << 32, 15, 16), 17L << 32);

    @Test
    void shouldArriveAsSentExceptWhatStays()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length = tuning.encode(buffer);

        final Tuning arrived = Tuning.decode(new UnsafeBuffer(buffer, 0, length), PRESENT);

        assertEquals(new ClientLimits(1, 200, 300, 4, 500, 600L << 32, 7, 8), arrived.clients());
        assertEquals(tuning.throttle(), arrived.throttle());
        assertEquals(tuning.snapshots(), arrived.snapshots());
        assertEquals(tuning.reaper(), arrived.reaper());
        assertEquals(tuning.treeBytesMax(), arrived.treeBytesMax());
    }

    @Test
    void shouldNotReadWhatIsTooShort()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length = tuning.encode(buffer);

        assertNull(Tuning.decode(new UnsafeBuffer(buffer, 0, length - 1), PRESENT));
    }
}
