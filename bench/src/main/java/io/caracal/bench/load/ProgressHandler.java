/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** Receives, about once a second, how far a run has come. */
@FunctionalInterface
public interface ProgressHandler
{
    /** Ignores all progress. */
    ProgressHandler NONE = (what, answered, ratePerSecond) ->
    {
    };

    /**
     * Called about once a second.
     *
     * @param what          description of what is going on.
     * @param answered      replies so far.
     * @param ratePerSecond replies per second since the last call.
     */
    void onProgress(String what, long answered, double ratePerSecond);
}
