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
 * How the journal uses Chronicle Queue. One roll cycle never rolls, because its clock stands still. The whole segment
 * lies in one mapping. Chronicle does not force, report usage or monitor the disk. Memory is given back by the thread
 * that closes a queue, not by a thread that outlives the server.
 */
final class ChronicleSettings
{
    /** Name of the single cycle, as the roll cycle formats time zero. */
    static final String CYCLE_NAME = "19700101F";

    /** Suffix of a file that Chronicle renames to a cycle's file when it creates the cycle. */
    static final String PRECREATED_SUFFIX = ".precreated";

    /** Chronicle's table of locks and cycles; the journal never reads it. */
    static final String TABLE_NAME = "metadata.cq4t";

    /** Length with which Chronicle creates its table. */
    static final int TABLE_LENGTH = 128 * 1024;

    private static final RollCycle ROLL_CYCLE = RollCycles.FAST_DAILY;

    /** Spacing of Chronicle's index. Only tools for people use that index, so it may be sparse. */
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
     * Keeps Chronicle from loading its binding of the system's calls, which generates classes at run time and so takes
     * time at a start. The only such call that a queue would need forces a mapping, and the journal forces its files
     * itself. This holds for the whole process, so it must not be done where something else may use Chronicle.
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

    /** Sets a system property, unless it is set already, for example on the command line. */
    private static void setDefault(final String key, final String value)
    {
        if (System.getProperty(key) == null)
        {
            System.setProperty(key, value);
        }
    }
}
