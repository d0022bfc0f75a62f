/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The watches of all connections of one server, off-heap, and the order in which a change fires them. Watches are local
 * to a server and never replicated.
 * <p>
 * This package imports {@code engine.memory} and {@code engine.protocol} only; connections are numbers to it.
 * <p>
 * Begin with {@link io.caracal.engine.watch.WatchTable}.
 */
package io.caracal.engine.watch;
