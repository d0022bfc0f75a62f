/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

/** When a write is on the disk. */
public enum Forcing
{
    /** The loop forces by itself before it answers: the shortest way for one client. */
    INLINE,
    /** A thread of its own forces, and the loop takes the next writes in meanwhile: the most for many clients. */
    THREAD,
    /** Inline while a single connection waits, by the thread when there are more. */
    AUTO,
    /** Never: writes are answered like reads. */
    NONE
}
