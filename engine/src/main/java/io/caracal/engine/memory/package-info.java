/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Off-heap memory: the ledger of who owns which bytes, slabs of fixed-size records, and size classes for everything
 * else. Every byte is counted under a {@link io.caracal.engine.memory.MemoryTag}, and every test ends with the ledger
 * at zero.
 * <p>
 * Begin with {@link io.caracal.engine.memory.MemoryLedger} and {@link io.caracal.engine.memory.Slab}.
 */
package io.caracal.engine.memory;
