/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What a {@link Journal} tells the engine while it serves. */
public interface DurabilityHandler
{
    /**
     * Every record up to this zxid would survive a power failure. With {@code forceSync=no}, it was only handed to the
     * operating system.
     *
     * @param zxid of the last durable record. It only rises, except after a truncation or a received snapshot: then it
     *             rises again from the new end of the log.
     */
    void onDurable(long zxid);

    /**
     * The truncation under way is durable: the log ends at this zxid, and everything up to it is durable as well.
     *
     * @param zxid as asked for.
     */
    void onTruncated(long zxid);

    /**
     * Disk space is running out. Records already accepted are safe, and room is kept for epochs and for closing
     * sessions. The engine should refuse new writes of clients until {@link #onSpaceAvailable}.
     */
    void onSpaceExhausted();

    /** There is room on disk again. */
    void onSpaceAvailable();
}
