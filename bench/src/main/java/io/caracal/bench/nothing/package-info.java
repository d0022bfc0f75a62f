/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The do-nothing server: takes the sockets, cuts the frames, answers with canned replies and forces a file before it
 * answers writes. It keeps no tree, so no server that keeps one can be faster on the same machine by honest means: it
 * shows how much of a figure is the machine and the load generator.
 * <p>
 * Begin with {@link io.caracal.bench.nothing.NothingServer}.
 */
package io.caracal.bench.nothing;
