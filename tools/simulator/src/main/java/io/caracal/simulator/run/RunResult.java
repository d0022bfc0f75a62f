/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.List;
import java.util.Map;

/**
 * What became of a run.
 *
 * @param seed           of the run.
 * @param settings       that it had.
 * @param hash           of everything that happened.
 * @param virtualNs      virtual time that passed.
 * @param faults         how often each kind happened.
 * @param operationCount requests of clients that were answered and checked.
 * @param txnCount       transactions that were agreed.
 * @param failure        what was violated, null when nothing was.
 * @param lines          last events, when something was violated.
 */
public record RunResult(long seed, RunSettings settings, long hash, long virtualNs, Map<FaultKind, Long> faults,
    long operationCount, long txnCount, RuntimeException failure, List<String> lines)
{
    /**
     * Whether nothing was violated.
     *
     * @return true when nothing was.
     */
    public boolean isGood()
    {
        return failure == null;
    }
}
