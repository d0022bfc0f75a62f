/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

/** What is done to an ensemble. */
public enum FaultKind
{
    /** A process is killed and starts again. */
    KILL,
    /** A machine loses power: what was not forced may be lost. */
    POWER_LOSS,
    /** All machines lose power at once. */
    POWER_LOSS_OF_ALL,
    /** A process stands still for a while, and does not know. */
    STALL,
    /** All that is between two servers is cut. */
    CUT,
    /** The streams between two servers are cut, and the silent link is not. */
    CUT_STREAMS,
    /** The streams are cut in one direction. */
    CUT_ONE_WAY,
    /** The silent link between two servers is cut, and the streams are not. */
    CUT_SILENT_LINK,
    /** A server is cut off from all others. */
    ISOLATION,
    /** A stream between two servers loses something. */
    LOSS,
    /** Messages between servers are slow, claims are refused, polls deliver little. */
    BAD_NETWORK,
    /** A disk is full. */
    FULL_DISK,
    /** Forces do not end. */
    HELD_FORCES,
    /** A server that does not run loses its disk. */
    WIPE,
    /** The newest snapshot of a server is damaged. */
    DAMAGED_SNAPSHOT,
    /** A wall clock is set. */
    CLOCK_JUMP,
    /** A snapshot is demanded. */
    SNAPSHOT,
    /** A client and a server do not reach each other. */
    CUT_CLIENT,
    /** No client reaches a server. */
    CUT_ALL_CLIENTS,
    /** The servers fall into two groups that do not reach each other. */
    PARTITION,
    /** A process gets a little time now and then, and does not know. */
    STUTTER,
    /** Forces of the log do not end, those of snapshots and epochs do: they may lie on different disks. */
    HELD_LOG_FORCES,
    /** A leader stutters, and is cut off with a minority that goes on believing in it. */
    FORSAKEN_LEADER,
    /** A leader is cut off from the others, whose processes start anew: they have another leader before it can know. */
    OVERTHROW,
    /** A snapshot is sent to a server, to take the place of everything. Only in runs that are made for it. */
    RESTORE,
    /** A process is told to end: who leads hands over first. Only in runs that are made for it. */
    HAND_OVER,
    /**
     * A server loses its disk and is back at once, while some of the others do not hear of the end of its former
     * process. Only in runs that are made for it.
     */
    FORGET;

    /** Whether it may be part of any run. */
    boolean isForAnyRun()
    {
        return this != RESTORE && this != HAND_OVER && this != FORGET;
    }
}
