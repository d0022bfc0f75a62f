/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.Set;

/**
 * The faults of a run.
 *
 * @param kinds         of faults that happen.
 * @param aim           where they strike and how long they last.
 * @param faultyNs      virtual time during which they happen, in nanoseconds.
 * @param gapNs         mean time between two of them, in nanoseconds.
 * @param beginsInPeace whether they begin only once all servers serve.
 */
record FaultSettings(Set<FaultKind> kinds, FaultAim aim, long faultyNs, long gapNs, boolean beginsInPeace)
{
}
