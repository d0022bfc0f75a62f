/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

/** The kinds of faults and other interventions. */
public enum FaultKind
{
    /** A process is killed and started again later. */
    KILL,
    /** A machine loses power. What was not forced may be lost. */
    POWER_LOSS,
    /** All machines lose power at once. */
    POWER_LOSS_OF_ALL,
    /** A process stands still for a while without noticing. */
    STALL,
    /** The streams and the silent link between two servers are cut. */
    CUT,
    /** The streams between two servers are cut, but not the silent link. */
    CUT_STREAMS,
    /** The streams between two servers are cut in one direction. */
    CUT_ONE_WAY,
    /** The silent link between two servers is cut, but not the streams. */
    CUT_SILENT_LINK,
    /** A server is cut off from all others. */
    ISOLATION,
    /** A stream between two servers loses a message. */
    LOSS,
    /** Messages between servers are slow, claims are refused, and polls deliver little. */
    BAD_NETWORK,
    /** A disk is full. */
    FULL_DISK,
    /** Forces of a disk do not end. */
    HELD_FORCES,
    /** A server loses power, if it runs, and its disk with everything on it. */
    WIPE,
    /** The newest snapshot of a server is damaged, if an older one can take its place. */
    DAMAGED_SNAPSHOT,
    /** The wall clock of a server is changed. */
    CLOCK_JUMP,
    /** An operator demands a snapshot. */
    SNAPSHOT,
    /** A client and a server cannot reach each other. */
    CUT_CLIENT,
    /** No client can reach a server. */
    CUT_ALL_CLIENTS,
    /** The servers are divided into two groups that cannot reach each other. */
    PARTITION,
    /** A process runs only for short periods, and stands still in between without noticing. */
    STUTTER,
    /** Forces of the log do not end, but those of snapshots and epochs do, because they may lie on different disks. */
    HELD_LOG_FORCES,
    /** A leader stutters and is cut off with a minority, which goes on believing in it. */
    FORSAKEN_LEADER,
    /**
     * A leader is cut off from the others, which are restarted. They have another leader before the old one can know.
     */
    OVERTHROW,
    /** A snapshot is sent to a server to replace the whole tree. Only in scenarios that ask for it. */
    RESTORE,
    /** A process is told to end; a leader hands over first. Only in scenarios that ask for it. */
    HAND_OVER,
    /**
     * A server loses its disk and is back soon, while some of the others do not hear that its former process has ended.
     * Only in scenarios that ask for it.
     */
    FORGET;

    /** Whether the fault may be part of any run. */
    boolean isForAnyRun()
    {
        return this != RESTORE && this != HAND_OVER && this != FORGET;
    }
}
