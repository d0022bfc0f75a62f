/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.io.File;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.posix.PosixAPI;

/**
 * How the journal uses Chronicle Queue: one roll cycle that never rolls, because its clock stands still; the whole
 * segment in one mapping; no forcing of its own; no reports of usage, no disk monitor, and memory given back by the
 * thread that closes, not by a thread that outlives the server.
 */
final class ChronicleSettings
{
    /** Of the one cycle, as the roll cycle names it at time zero. */
    static final String CYCLE_NAME = "19700101F";

    /** What Chronicle renames to a cycle's file when it creates the cycle. */
    static final String PRECREATED_SUFFIX = ".precreated";

    /** Chronicle's table of locks and cycles; the journal never reads it. */
    static final String TABLE_NAME = "metadata.cq4t";

    /** Chronicle makes its table this long. */
    static final int TABLE_LENGTH = 128 * 1024;

    private static final RollCycle ROLL_CYCLE = RollCycles.FAST_DAILY;

    /** Chronicle's index is for people's tools only: the journal does not read it, so it may be sparse. */
    private static final int INDEX_SPACING = 4096;

    static
    {
        setDefault("chronicle.analytics.disable", "true");
        setDefault("chronicle.disk.monitor.disable", "true");
        setDefault("chronicle.announcer.disable", "true");
        setDefault("background.releaser", "false");
    }

    private ChronicleSettings()
    {
    }

    /**
     * Keeps Chronicle from loading its binding of the system's calls, which takes time at a start because it makes
     * classes while it runs. The only call that a queue would need forces a mapping, and the journal forces its files
     * by itself. This holds for the whole process, so it must not be done where somebody else may use Chronicle.
     */
    static void withoutSystemCalls()
    {
        PosixAPI.useNoOpPosixApi();
    }

    static SingleChronicleQueue open(final File directory, final long segmentLength)
    {
        return SingleChronicleQueueBuilder.single(directory).rollCycle(ROLL_CYCLE).epoch(0).timeProvider(() -> 0L)
            .indexSpacing(INDEX_SPACING)
            .blockSize(segmentLength).syncMode(SyncMode.NONE).checkInterrupts(false).build();
    }

    /** Sets a system property, unless a person has set it on the command line. */
    private static void setDefault(final String key, final String value)
    {
        if (System.getProperty(key) == null)
        {
            System.setProperty(key, value);
        }
    }
}
