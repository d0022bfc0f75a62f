/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Compares servers side by side: ZooKeeper with its defaults, Caracal, and the do-nothing server, each in a process of
 * its own, on the same disk, under the same load from the same generator, in alternating rounds. A {@code Scenario}
 * knows what to ask of a server.
 */
package io.caracal.bench.compare;
