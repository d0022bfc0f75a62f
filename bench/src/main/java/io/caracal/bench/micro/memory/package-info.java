/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Doors of the engine that lead nowhere but into memory, so that a benchmark measures the engine and nothing else: what
 * is appended is durable at the next poll, what is said to another server is there at its next poll, nothing is lost.
 * They keep no history: a server can be started from them once.
 */
package io.caracal.bench.micro.memory;
