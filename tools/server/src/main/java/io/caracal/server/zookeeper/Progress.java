/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

/** Hears how far long work is. Called every so often on the thread that works. */
@FunctionalInterface
public interface Progress
{
    /** Hears nothing. */
    Progress NONE = (what, count) ->
    {
    };

    /**
     * Tells how much is done.
     *
     * @param what  is counted, a plural.
     * @param count so far.
     */
    void onProgress(String what, long count);
}
