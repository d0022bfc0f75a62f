/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

/** The uses of native memory. What is not listed here, such as sessions and quotas, is on the heap. */
public enum MemoryTag
{
    /** Fixed-size records of znodes. */
    ZNODES,
    /** Names and payloads of znodes. */
    PAYLOADS,
    /** Hash index from parent and name to znode. */
    INDEX,
    /** Interned ACLs. */
    ACLS,
    /** Ephemeral znodes by session. */
    EPHEMERALS,
    /** Watches. */
    WATCHES,
    /** Requests under way. */
    IN_FLIGHT,
    /** Changes prepared and not yet applied. */
    OUTSTANDING,
    /** Buffers of a snapshot walk. */
    SNAPSHOT
}
