/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.ValueRule.atLeast;
import static io.caracal.server.config.ValueRule.flag;
import static io.caracal.server.config.ValueRule.fraction;
import static io.caracal.server.config.ValueRule.number;
import static io.caracal.server.config.ValueRule.port;
import static io.caracal.server.config.ValueRule.text;
import static io.caracal.server.config.ValueRule.yesNo;

import java.util.List;

/** Keys that have nothing to set in Caracal, with the reason. */
final class KeysNotNeeded
{
    static final List<KnownKey> ALL = List.of(
        // where data lies
        key("db.autocreate", flag(), "true",
            "an empty disk votes when all are empty, or when the file initialize in dataDir says so"),

        // the client port
        key("jute.maxbuffer.extrasize", atLeast(0), null, "extra room for records inside the server"),

        // time and sessions
        key("closeSessionTxn.enabled", flag(), "true",
            "the list of ephemerals is always part of the closeSession transaction"),

        // limits
        key("request_throttle_stall_time", atLeast(0), "100", "stall time of the request throttler"),
        key("request_throttle_drop_stale", flag(), "true", "stale requests of the request throttler"),
        key("request_throttler.shutdownTimeout", atLeast(0), "10000", "the server has no throttler thread"),
        key("request_stale_latency_check", flag(), "false", "staleness of throttled requests"),
        key("request_stale_connection_check", flag(), "true", "requests of closed connections are always dropped"),
        key("maxResponseCacheSize", number(-1, Integer.MAX_VALUE), "400",
            "replies are encoded from the tree without a cache"),
        key("maxGetChildrenResponseCacheSize", number(-1, Integer.MAX_VALUE), "400",
            "replies are encoded from the tree without a cache"),

        // the tree
        key("watchManagerName", text(), null, "the server has one watch table"),
        key("watcherCleanThreadsNum", atLeast(0), "2", "watches of a closed connection go at once"),
        key("watcherCleanThreshold", atLeast(0), "1000", "watches of a closed connection go at once"),
        key("watcherCleanIntervalInSeconds", atLeast(0), "600", "watches of a closed connection go at once"),
        key("maxInProcessingDeadWatchers", number(-1, Integer.MAX_VALUE), "-1",
            "watches of a closed connection go at once"),
        key("bitHashCacheSize", atLeast(0), "10", "the server has one watch table"),

        // who may do what
        key("enableEagerACLCheck", flag(), "false", "the leader checks each ACL when it prepares the request"),
        key("kinit", text(), "/usr/bin/kinit", "ticket renewal of Kerberos"),

        // disk
        key("txnLogSizeLimitInKb", number(-1, Long.MAX_VALUE), "-1", "segments of the log have their own size"),
        key("preAllocSize", atLeast(0), "65536", "segments of the log are reserved ahead"),
        key("flushDelay", atLeast(0), "0", "writes that wait for a force go with the next one, without a timer"),
        key("maxWriteQueuePollTime", number(-1, Integer.MAX_VALUE), "-1",
            "writes that wait for a force go with the next one, without a timer"),
        key("maxBatchSize", atLeast(0), "1000", "writes that wait for a force go with the next one, without a timer"),
        key("serializeLastProcessedZxid.enabled", flag(), "true", "snapshots are exact and carry their zxid"),
        key("snapshot.trust.empty", flag(), "false", "the manifest says which snapshot belongs to the log"),
        key("forceSnapshotSync", flag(), "false", "test switch of ZooKeeper"),

        // ensemble
        key("connectToLearnerMasterLimit", atLeast(0), "0",
            "servers link again by themselves, for as long as it takes"),
        key("syncEnabled", flag(), "true", "observers always write to disk"),
        key("observer.syncEnabled", flag(), "true", "observers always write to disk"),
        key("version", text(), "0", "version of a dynamic configuration"),
        key("observerMaster.sizeLimit", atLeast(0), "33554432", "observers hosted by followers"),
        key("multiAddress.reachabilityCheckTimeoutMs", atLeast(0), "1000", "several addresses of one server"),
        key("multiAddress.reachabilityCheckEnabled", flag(), "true", "several addresses of one server"),
        key("fastleader.minNotificationInterval", atLeast(0), "200", "elections have no such timer"),
        key("fastleader.maxNotificationInterval", atLeast(0), "60000", "elections have no such timer"),
        key("cnxTimeout", atLeast(0), "5000", "servers connect without blocking"),
        key("tcpKeepAlive", flag(), "false", "connections between servers are always kept alive"),
        key("ipReachableTimeout", number(-1, Integer.MAX_VALUE), "-1",
            "names of servers are looked up again for as long as these do not answer"),
        key("quorumCnxnTimeoutMs", number(-1, Integer.MAX_VALUE), "-1", "heartbeats find dead servers"),
        key("quorum.cnxn.threads.size", atLeast(0), "20", "servers connect without threads"),
        key("commitLogCount", atLeast(0), "500", "learners catch up from the log itself"),
        key("snapshotSizeFactor", fraction(-1, 1000), "0.33",
            "the log goes on, or a much shorter snapshot is sent, by itself"),
        key("leader.maxConcurrentSnapSyncs", atLeast(0), "10", "a leader ships files, not its tree"),
        key("leader.maxConcurrentDiffSyncs", atLeast(0), "100", "learners catch up from the log itself"),
        key("leader.maxConcurrentSnapshots", atLeast(0), "10", "a leader ships files, not its tree"),
        key("leader.maxConcurrentSnapshotTimeout", atLeast(0), "5", "a leader ships files, not its tree"),
        key("leader.maxTimeToWaitForEpoch", number(-1, Integer.MAX_VALUE), "-1", "heartbeats bound every phase"),
        key("leaderServes", yesNo(), "yes", "the leader always serves clients"),
        key("learner.closeSocketAsync", flag(), "false", "nothing blocks on a socket"),
        key("leader.closeSocketAsync", flag(), "false", "nothing blocks on a socket"),
        key("learner.asyncSending", flag(), "false", "nothing blocks on a socket"),
        key("follower.nodelay", flag(), "true", "servers talk over UDP"),
        key("leader.nodelay", flag(), "true", "servers talk over UDP"),
        key("leaderConnectDelayDuringRetryMs", atLeast(0), "100", "servers connect without blocking"),
        key("commitProcessor.numWorkerThreads", atLeast(0), null, "one thread applies commits"),
        key("commitProcessor.maxReadBatchSize", number(-1, Integer.MAX_VALUE), "-1", "one thread applies commits"),
        key("commitProcessor.maxCommitBatchSize", atLeast(0), "1", "one thread applies commits"),
        key("commitProcessor.shutdownTimeout", atLeast(0), "5000", "one thread applies commits"),
        key("forward_learner_requests_to_commit_processor_disabled", flag(), "false", "one thread applies commits"),
        key("follower.skipLearnerRequestToNextProcessor", flag(), "false", "one thread applies commits"),
        key("observer.reconnectDelayMs", atLeast(0), "0", "observers link as followers do"),
        key("observer.election.DelayMs", atLeast(0), "200", "observers hear of a leader at once"),
        key("leader.ackLoggingFrequency", atLeast(0), "1000", "acknowledgements are counted, not logged"),
        key("messageTracker.Enabled", flag(), "false", "debugging aid of ZooKeeper's links"),
        key("messageTracker.BufferSize", atLeast(0), "10", "debugging aid of ZooKeeper's links"),
        key("testingonly.initialZxid", text(), null, "test switch of ZooKeeper"),
        key("test.allowDiscontinuousProposals", flag(), "false", "test switch of ZooKeeper"),

        // protection of links
        key("fips-mode", flag(), "true", "the server has no TLS"),

        // looking at a server
        key("admin.httpVersion", number(10, 20), "11", "the admin server speaks HTTP 1.1, and 1.0 to those who do"),
        key("metricsProvider.numWorkerThreads", atLeast(1), "1", "metrics are kept without worker threads"),
        key("metricsProvider.maxQueueSize", atLeast(1), "1000000", "metrics are kept without worker threads"),
        key("metricsProvider.workerShutdownTimeoutMs", atLeast(0), "1000", "metrics are kept without worker threads"),
        key("jvm.pause.monitor", flag(), "false", "the longest duty cycle is always measured"),
        key("jvm.pause.warn-threshold.ms", number(0, Long.MAX_VALUE), "10000",
            "the longest duty cycle is always measured"),
        key("jvm.pause.info-threshold.ms", number(0, Long.MAX_VALUE), "1000",
            "the longest duty cycle is always measured"),
        key("jvm.pause.sleep.time.ms", number(0, Long.MAX_VALUE), "500", "the longest duty cycle is always measured"),
        key("jmx.log4j.disable", text(), null, "there is no log4j"),
        key("jmx.log4j.mbean", text(), null, "there is no log4j"),
        key("controllerPort", port(), null, "fault injection of ZooKeeper"),
        key("traceFile", text(), null, "no ZooKeeper since 3.3 writes that file"),
        key("requestTraceFile", text(), null, "no ZooKeeper since 3.3 writes that file"),

        // threads and sockets of ZooKeeper
        key("serverCnxnFactory", text(), null, "one event loop serves all connections"),
        key("nio.numSelectorThreads", atLeast(0), null, "one event loop serves all connections"),
        key("nio.numWorkerThreads", atLeast(0), null, "one event loop serves all connections"),
        key("nio.directBufferBytes", atLeast(0), "65536", "one event loop serves all connections"),
        key("nio.shutdownTimeout", atLeast(0), "5000", "one event loop serves all connections"),
        key("nio.*", text(), null, "one event loop serves all connections"),
        key("netty.advancedFlowControl.enabled", flag(), "false", "there is no Netty"),
        key("netty.server.outstandingHandshake.limit", number(-1, Integer.MAX_VALUE), "-1", "there is no Netty"),
        key("netty.server.earlyDropSecureConnectionHandshakes", flag(), "false", "there is no Netty"),
        key("netty.*", text(), null, "there is no Netty"),
        key("intBufferStartingSizeBytes", atLeast(0), "1024", "buffers grow by themselves"),

        // settings of clients that may stand in the same command line
        key("sasl.client", text(), "true", "a setting of clients"),
        key("sasl.client.*", text(), null, "a setting of clients"),
        key("sasl.clientconfig", text(), "Client", "a setting of clients"),
        key("server.realm", text(), null, "a setting of clients"),
        key("server.principal", text(), null, "a setting of clients"),
        key("client.secure", flag(), "false", "a setting of clients"),
        key("clientCnxnSocket", text(), null, "a setting of clients"),
        key("disableAutoWatchReset", flag(), "false", "a setting of clients"),
        key("request.timeout", atLeast(0), "0", "a setting of clients"),
        key("log.dir", text(), null, "set in logback.xml"),
        key("log.file", text(), null, "set in logback.xml"),
        key("root.logger", text(), null, "set in logback.xml"),
        key("configuration", text(), null, "embedded servers of ZooKeeper"));

    private KeysNotNeeded()
    {
    }

    private static KnownKey key(final String key, final ValueRule rule, final String defaultValue, final String meaning)
    {
        return new KnownKey(key, rule, defaultValue, Reaction.NOT_NEEDED, meaning);
    }
}
