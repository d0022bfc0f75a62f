/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Ports of the engine that only use memory, so that a benchmark measures the engine and nothing else. What is appended
 * is durable at the next poll, what is sent to another server is there at its next poll, and nothing is lost. They keep
 * no history, so a server can be started with them only once.
 * <p>
 * Begin with {@link io.caracal.bench.micro.memory.MemoryEnsemble}.
 */
package io.caracal.bench.micro.memory;
