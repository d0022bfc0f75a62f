/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

/** Which thread forces writes to the disk before they are answered, if any. */
public enum Forcing
{
    /** The loop forces before it answers: the shortest way for one client. */
    INLINE,
    /** A separate thread forces while the loop takes in the next writes: the highest rate with many clients. */
    THREAD,
    /** Inline while a single connection waits, by the separate thread when there are more. */
    AUTO,
    /** Nothing is forced: writes are answered like reads. */
    NONE
}
