/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/** Signs of life of a server and its surroundings, for tools that read the counters file from outside. */
public enum Vital
{
    /** Server id, 0 for a standalone server. */
    SERVER_ID,
    /** Port for clients, as bound. */
    CLIENT_PORT,
    /** The server's role: the ordinal of a {@link RoleFigure}. */
    ROLE,
    /**
     * The machine's monotonic time at which the loop must turn again; during a duty cycle, the time when it began. A
     * loop that is far behind this is stuck.
     */
    LOOP_DUE_NS,
    /** Duty cycles that took {@link CountersSink#STALL_NS} or longer. */
    LOOP_STALLS,
    /** Forces of the journal. */
    FORCES,
    /** Duration of the latest force in nanoseconds. */
    FORCE_LAST_NS,
    /** Links to other servers that are up. */
    LINKS_UP,
    /** Number of generations of links to other servers that began. */
    LINK_GENERATIONS,
    /** Number of generations of links to other servers that ended. */
    LINK_LOSSES,
    /** Snapshots over HTTP that were requested too soon after the one before. */
    SNAPSHOTS_TOO_SOON,
    /** Restores over HTTP that were requested too soon after the one before. */
    RESTORES_TOO_SOON,
    /**
     * 1 while files of the running server are missing or replaced, so that a start would not find what the server
     * writes; else 0.
     */
    FILES_MISSING,
    /** The machine's monotonic time at which the server started; 0 in files of servers that did not tell it yet. */
    STARTED_NS
}
