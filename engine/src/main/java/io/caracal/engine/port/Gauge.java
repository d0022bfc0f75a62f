/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** Figures of the engine's state. */
public enum Gauge
{
    /** Last zxid applied to the tree. */
    LAST_APPLIED_ZXID,
    /**
     * For how long, in milliseconds, the oldest transaction has waited that is known to be committed and is not
     * applied.
     */
    APPLY_DELAY_MS,
    /** Established epoch. */
    CURRENT_EPOCH,
    /** Znodes as ZooKeeper counts them: the root counts twice. */
    ZNODES,
    /** Ephemeral znodes. */
    EPHEMERALS,
    /** Bytes of paths and payloads as ZooKeeper estimates them. */
    APPROXIMATE_DATA_SIZE,
    /** Native memory that znodes take, without what is free for others. */
    TREE_BYTES,
    /** Native memory that znodes may take; 0 is no limit. */
    TREE_BYTES_MAX,
    /** 1 while znodes take all the memory that they may take, so that this server as a leader refuses further ones. */
    TREE_FULL,
    /** Watches, all kinds. */
    WATCHES,
    /** Sessions known. */
    SESSIONS,
    /** Connections with a finished handshake. */
    CONNECTIONS,
    /** Requests of clients under way. */
    OUTSTANDING_REQUESTS,
    /** Requests of clients that are kept while there is no leader to answer them. */
    PARKED_REQUESTS,
    /** Probability, in millionths, that the connection throttle drops the next handshake. */
    CONNECTION_DROP_PPM,
    /** Transactions proposed and not yet applied. */
    OUTSTANDING_TXNS,
    /** Native memory of the engine in bytes, all tags. */
    NATIVE_BYTES,
    /** Native memory of the engine in bytes, one tag. */
    NATIVE_BYTES_ZNODES,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_PAYLOADS,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_INDEX,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_ACLS,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_EPHEMERALS,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_WATCHES,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_IN_FLIGHT,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_OUTSTANDING,
    /** See {@link #NATIVE_BYTES_ZNODES}. */
    NATIVE_BYTES_SNAPSHOT,
    /** Longest duty cycle in nanoseconds since the figures were reset. */
    DUTY_CYCLE_MAX_NS,
    /**
     * Most processor time, in nanoseconds, of any duty cycle that took a millisecond or more since the figures were
     * reset.
     */
    DUTY_CYCLE_CPU_MAX_NS,
    /** 1 while a snapshot is being taken. */
    SNAPSHOT_RUNNING,
    /** 1 while writes are refused for lack of disk space. */
    WRITES_REFUSED
}
