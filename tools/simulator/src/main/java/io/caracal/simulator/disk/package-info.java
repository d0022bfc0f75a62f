/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A simulated disk and the adapters over it: what one server keeps, in memory, on virtual time, with faults drawn from
 * a seed. The same calls at the same times with the same seed give the same outcome. Imports the ports of the engine.
 * <p>
 * Begin with {@link io.caracal.simulator.disk.SimulatedDisk}.
 */
package io.caracal.simulator.disk;
