/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A simulated disk and the adapters over it, which hold what one server stores. They work in memory and on virtual
 * time, with faults drawn from a seed. The same calls at the same times with the same seed give the same outcome.
 * Imports the ports of the engine.
 * <p>
 * Begin with {@link io.caracal.simulator.disk.SimulatedDisk}.
 */
package io.caracal.simulator.disk;
