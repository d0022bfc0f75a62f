/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The do-nothing server. It handles sockets and frames, answers with canned replies, and forces a file before it
 * answers writes. It keeps no tree, so no server that keeps one can honestly be faster on the same machine: it shows
 * how much of a figure is due to the machine and the load generator.
 * <p>
 * Begin with {@link io.caracal.bench.nothing.NothingServer}.
 */
package io.caracal.bench.nothing;
