/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.List;
import java.util.Map;

/**
 * Result of a run.
 *
 * @param seed           of the run.
 * @param settings       of the run.
 * @param hash           of all events.
 * @param virtualNs      virtual time that passed, in nanoseconds.
 * @param faults         number of faults of each kind.
 * @param operationCount number of client requests that were answered and checked.
 * @param txnCount       number of transactions that were agreed.
 * @param failure        the violation, null when there was none.
 * @param lines          the last events if there was a violation, otherwise empty.
 */
public record RunResult(long seed, RunSettings settings, long hash, long virtualNs, Map<FaultKind, Long> faults,
    long operationCount, long txnCount, RuntimeException failure, List<String> lines)
{
    /**
     * Whether there was no violation.
     *
     * @return true when there was none.
     */
    public boolean isGood()
    {
        return failure == null;
    }
}
