/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What a {@link Journal} tells the engine while it serves. */
public interface DurabilityHandler
{
    /**
     * Every record up to this zxid would survive a power cut (with {@code forceSync=no}: was handed to the system).
     *
     * @param zxid of the last durable record; only rises, except after truncations and received snapshots, from where
     *             on it rises again from the end that they left the log with.
     */
    void onDurable(long zxid);

    /**
     * The truncation under way is durable: the log ends at this zxid, and everything up to there is durable as well.
     *
     * @param zxid as asked for.
     */
    void onTruncated(long zxid);

    /**
     * Space on disk is running out. Records already accepted are safe, room is kept for epochs and for closing
     * sessions; the engine should refuse new writes of clients until {@link #onSpaceAvailable}.
     */
    void onSpaceExhausted();

    /** There is room again. */
    void onSpaceAvailable();
}
