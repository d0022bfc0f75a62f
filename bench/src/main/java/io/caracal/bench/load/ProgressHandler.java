/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** Told about once a second how far a run has come. */
@FunctionalInterface
public interface ProgressHandler
{
    /** For those who do not want to know. */
    ProgressHandler NONE = (what, answered, ratePerSecond) ->
    {
    };

    /**
     * One step further.
     *
     * @param what          is going on.
     * @param answered      replies so far.
     * @param ratePerSecond replies per second since the last call.
     */
    void onProgress(String what, long answered, double ratePerSecond);
}
