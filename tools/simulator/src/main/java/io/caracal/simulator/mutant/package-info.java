/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Planted bugs: sources that are changed and compiled in memory, loaded beside the real ones, and hunted by seeds or by
 * tests that must fail.
 * <p>
 * Begin with {@link io.caracal.simulator.mutant.MutantsContract}.
 */
package io.caracal.simulator.mutant;
