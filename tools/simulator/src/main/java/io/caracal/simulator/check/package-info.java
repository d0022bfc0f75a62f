/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The rules that must hold whatever happens, and the checkers that watch over them. Checkers see only what crosses the
 * ports. The first violated rule ends the run with a {@link io.caracal.simulator.check.Violation}. May import the
 * engine's codecs of transactions.
 * <p>
 * Begin with {@link io.caracal.simulator.check.AgreedLog} and {@link io.caracal.simulator.check.ModelTree}.
 */
package io.caracal.simulator.check;
