/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Contracts of the ports, as abstract tests that every adapter must pass. Simulated adapters run them in this module,
 * real ones in their own modules. The tests are main code, so that those modules can depend on this one in test scope
 * without a second artifact. May import the engine's ports and JUnit.
 * <p>
 * Begin with {@link io.caracal.simulator.contract.JournalContract}.
 */
package io.caracal.simulator.contract;
