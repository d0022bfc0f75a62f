/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Ports of the engine that use only memory, so that a benchmark measures the engine and nothing else. Appended records
 * are durable at the next poll, messages arrive at the next poll of their receiver, and nothing is lost. The ports keep
 * no history, so a server can be started with them only once.
 * <p>
 * Begin with {@link io.caracal.bench.micro.memory.MemoryEnsemble}.
 */
package io.caracal.bench.micro.memory;
