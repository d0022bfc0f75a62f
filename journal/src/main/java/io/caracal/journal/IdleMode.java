/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

/** What the journal's threads do while there is nothing to do. */
public enum IdleMode
{
    /** Park until woken: no processor time while idle. The default. */
    BLOCK,
    /** Spin, yield, then park for growing spells of at most a millisecond. */
    BACKOFF,
    /** Yield the processor again and again: for those who own their cores. */
    YIELD,
    /** Spin: for those who own their cores. */
    SPIN
}
