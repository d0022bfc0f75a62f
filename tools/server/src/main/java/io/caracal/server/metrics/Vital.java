/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/** Signs of life of a server and of what is around it, for those who look at the counters file from outside. */
public enum Vital
{
    /** Server id, 0 for a server that is alone. */
    SERVER_ID,
    /** Port of clients, as bound. */
    CLIENT_PORT,
    /** What the server does: the ordinal of a {@link RoleFigure}. */
    ROLE,
    /**
     * Monotonic time of the machine by which the loop is to turn again; while a duty cycle runs, when it began. A loop
     * that is later than this by much is stuck.
     */
    LOOP_DUE_NS,
    /** Duty cycles that took longer than {@link CountersSink#STALL_NS}. */
    LOOP_STALLS,
    /** Forces of the journal. */
    FORCES,
    /** Duration of the latest force, nanoseconds. */
    FORCE_LAST_NS,
    /** Links with other servers that are up. */
    LINKS_UP,
    /** Generations of links with other servers that began. */
    LINK_GENERATIONS,
    /** Generations of links with other servers that ended. */
    LINK_LOSSES,
    /** Snapshots over HTTP that were asked for too soon after the one before. */
    SNAPSHOTS_TOO_SOON,
    /** Restores over HTTP that were asked for too soon after the one before. */
    RESTORES_TOO_SOON,
    /** 1 while files of the running server are gone or replaced, so that a start would not find what it writes. */
    FILES_MISSING
}
