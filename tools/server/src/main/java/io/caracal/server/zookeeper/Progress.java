/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

/** Receives the progress of long work. Called from time to time on the thread that works. */
@FunctionalInterface
public interface Progress
{
    /** Ignores the progress. */
    Progress NONE = (what, count) ->
    {
    };

    /**
     * Tells how much is done.
     *
     * @param what  what is counted, in the plural.
     * @param count number done so far.
     */
    void onProgress(String what, long count);
}
