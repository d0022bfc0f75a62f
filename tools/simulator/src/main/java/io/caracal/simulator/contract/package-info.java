/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every adapter of a port must do, as abstract tests: simulated adapters run them here, real ones in their own
 * modules. May import the engine's ports and JUnit.
 */
package io.caracal.simulator.contract;
