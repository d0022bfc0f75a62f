/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What must hold whatever happens, and those who watch over it. Checkers see what crosses the ports and nothing else;
 * the first of them to be broken ends the run with a {@link io.caracal.simulator.check.Violation}. May import the
 * engine's codecs of transactions.
 * <p>
 * Begin with {@link io.caracal.simulator.check.AgreedLog} and {@link io.caracal.simulator.check.ModelTree}.
 */
package io.caracal.simulator.check;
