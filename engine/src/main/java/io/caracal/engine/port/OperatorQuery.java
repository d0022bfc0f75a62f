/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What people ask of a server; the records that answer are messages of {@code operator.xml}. */
public enum OperatorQuery
{
    /** Role, zxid and the figures of the tree: one {@code ServerStatus}. Answered in every role. */
    STATUS,
    /** One {@code ConnectionRecord} for each connection. */
    CONNECTIONS,
    /** One {@code SessionRecord} for each session, in order of expiry. */
    SESSIONS,
    /** One {@code EphemeralRecord} for each ephemeral znode, those of one session together. */
    EPHEMERALS,
    /** One {@code WatchRecord} for each path and session in the data watch table, those of one path together. */
    WATCHES_BY_PATH,
    /** The same, those of one session together. */
    WATCHES_BY_SESSION,
    /** Counts of connections, paths and watches: one {@code WatchSummary}. */
    WATCH_SUMMARY,
    /** One {@code DigestRecord} for each kept point of the digest history. */
    DIGESTS,
    /** What {@code /zookeeper/config} holds: one {@code ConfigRecord}. */
    CONFIG,
    /** Sets the latency and packet figures of every connection to zero; no record. */
    RESET_CONNECTIONS,
    /** Begins a snapshot now, if none is under way; no record. */
    SNAPSHOT,
    /** Native memory: one {@code MemoryRecord} for each tag. */
    MEMORY,
    /** On a leader, one {@code LearnerRecord} for each learner that is attached; elsewhere none. */
    LEARNERS,
    /** One {@code QuotaRecord} for the limits and one for the usage of each quota, those of one namespace together. */
    QUOTAS,
    /**
     * A znode as the one who asks may see it, and a page of its children: one {@code ZnodeRecord}, then a
     * {@code ChildRecord} for each child. Its details are a {@code ZnodeQuestion}.
     */
    ZNODE,
    /**
     * Takes a step of a restore, and tells how far the restore is: one {@code RestoreRecord}. Its details are the body
     * of the transaction that is asked for, a {@code RestoreBeginTxn} or one of those that follow it; without details
     * it only asks. The record shows what is applied at this server: when it shows the end, the restored tree is
     * served.
     */
    RESTORE,
    /**
     * Changes settings that can change while the server runs; no record. Its details are a {@code TuningOrder}. Obeyed
     * in every role.
     */
    TUNE
}
