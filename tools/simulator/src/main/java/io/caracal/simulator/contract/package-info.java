/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Contract tests: one abstract test for each port, which every adapter of that port extends, the simulated and the real
 * one. They are main code, because the modules that extend them can then depend on this one in test scope without a
 * second artifact. Imports the ports of the engine.
 */
package io.caracal.simulator.contract;
