/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every adapter of a port must do, as abstract tests: simulated adapters run them here, real ones in their own
 * modules. They are main code, because those modules can then depend on this one in test scope without a second
 * artifact. May import the engine's ports and JUnit.
 * <p>
 * Begin with {@link io.caracal.simulator.contract.JournalContract}.
 */
package io.caracal.simulator.contract;
