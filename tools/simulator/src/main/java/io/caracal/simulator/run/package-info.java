/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whole ensembles on virtual time: real engines over simulated ports, faults drawn from a seed, random clients, and
 * checkers that watch everything. One seed is one run, on one thread. May import everything of this module and of the
 * engine.
 * <p>
 * Begin with {@link io.caracal.simulator.run.Simulation}.
 */
package io.caracal.simulator.run;
