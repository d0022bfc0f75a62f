/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** The queries that operators can send to a server. The records of the answers are messages of {@code operator.xml}. */
public enum OperatorQuery
{
    /** Role, zxid and the figures of the tree: one {@code ServerStatus}. Answered in every role. */
    STATUS,
    /** One {@code ConnectionRecord} for each connection. */
    CONNECTIONS,
    /** One {@code SessionRecord} for each session, in order of expiry. */
    SESSIONS,
    /** One {@code EphemeralRecord} for each ephemeral znode, grouped by session. */
    EPHEMERALS,
    /** One {@code WatchRecord} for each path and session in the data watch table, grouped by path. */
    WATCHES_BY_PATH,
    /** The same records as {@link #WATCHES_BY_PATH}, grouped by session. */
    WATCHES_BY_SESSION,
    /** Counts of connections, paths and watches: one {@code WatchSummary}. */
    WATCH_SUMMARY,
    /** One {@code DigestRecord} for each point kept in the digest history. */
    DIGESTS,
    /** The contents of {@code /zookeeper/config}: one {@code ConfigRecord}. */
    CONFIG,
    /** Sets the latency and packet figures of every connection to zero; no record. */
    RESET_CONNECTIONS,
    /** Begins a snapshot now, if none is under way; no record. */
    SNAPSHOT,
    /** Native memory: one {@code MemoryRecord} for each tag. */
    MEMORY,
    /** On a leader, one {@code LearnerRecord} for each attached learner; elsewhere none. */
    LEARNERS,
    /** Two {@code QuotaRecord}s for each quota, one for its limits and one for its usage, grouped by namespace. */
    QUOTAS,
    /**
     * A znode as the asking identity may see it, and a page of its children: one {@code ZnodeRecord}, then a
     * {@code ChildRecord} for each child. The details are a {@code ZnodeQuestion}.
     */
    ZNODE,
    /**
     * Takes a step of a restore and reports how far the restore is: one {@code RestoreRecord}. The details are the body
     * of the requested transaction, a {@code RestoreBeginTxn} or one of those that follow it; without details the query
     * only asks. The record shows what this server has applied: once it shows the end, the restored tree is served.
     */
    RESTORE,
    /**
     * Changes settings that can change while the server runs; no record. The details are a {@code TuningOrder}. Obeyed
     * in every role.
     */
    TUNE
}
