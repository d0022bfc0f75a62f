/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

/** What the journal's threads do while there is nothing to do. */
public enum IdleMode
{
    /** Park until woken: uses no processor time while idle. The default. */
    BLOCK,
    /** Spin, yield, then park for growing periods of at most a millisecond. */
    BACKOFF,
    /** Yield the processor again and again: for servers that own their cores. */
    YIELD,
    /** Spin: for servers that own their cores. */
    SPIN
}
