/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** What a loop does after a cycle that found no work: the setting {@code idle}. */
public enum IdleMode
{
    /** Sleeps in the selector until a socket, another thread or a deadline wakes it. */
    BLOCK,
    /** Spins, then yields, then sleeps for longer and longer, up to a millisecond. */
    BACKOFF,
    /** Gives the core to any other thread that wants it. */
    YIELD,
    /** Spins: the lowest latency, for servers that own their cores. */
    SPIN
}
