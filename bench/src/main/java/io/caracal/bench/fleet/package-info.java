/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Very many sessions that do little, driven by one thread, or by one thread in each of several processes. They show
 * what a server of the client protocol does with a hundred thousand connections, and when each of a hundred thousand
 * watchers hears of a change.
 * <p>
 * Begin with {@link io.caracal.bench.fleet.Crowd} and {@link io.caracal.bench.fleet.Fleet}.
 */
package io.caracal.bench.fleet;
