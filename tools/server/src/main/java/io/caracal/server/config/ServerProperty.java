/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.ValueRule.atLeast;
import static io.caracal.server.config.ValueRule.filled;
import static io.caracal.server.config.ValueRule.flag;
import static io.caracal.server.config.ValueRule.fraction;
import static io.caracal.server.config.ValueRule.number;
import static io.caracal.server.config.ValueRule.oneOf;
import static io.caracal.server.config.ValueRule.port;
import static io.caracal.server.config.ValueRule.text;
import static io.caracal.server.config.ValueRule.yesNo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Every key that a zoo.cfg may hold, one line each: name, what a value must look like, default, what the server does
 * about it, meaning. The file is as long as the list.
 * <p>
 * A key that ends with {@code .N} stands for all keys with a number in that place, one that ends with {@code .*} for
 * all keys that begin so and have no line of their own. The system property of a key is {@code zookeeper.} and the key;
 * those of {@link #UNPREFIXED} are read without the prefix as well.
 */
@SuppressWarnings("ImmutableEnumChecker") // rules are immutable, but hold a lambda
public enum ServerProperty
{
    // where data lies
    DATA_DIR("dataDir", filled(), null, Reaction.HONOURED,
        "snapshots, epochs, myid; own files go to its folder caracal-1"),
    DATA_LOG_DIR("dataLogDir", filled(), null, Reaction.HONOURED,
        "transaction log; the same as dataDir when not set"),
    DATADIR_AUTOCREATE("datadir.autocreate", flag(), "true", Reaction.HONOURED,
        "make missing data directories at start"),
    DB_AUTOCREATE("db.autocreate", flag(), "true", Reaction.NOT_NEEDED,
        "an empty disk votes when all are empty, or when the file initialize in dataDir says so"),

    // the client port
    CLIENT_PORT("clientPort", port(), "2181", Reaction.HONOURED,
        "TCP port of clients; 0 takes a free one"),
    CLIENT_PORT_ADDRESS("clientPortAddress", filled(), null, Reaction.HONOURED,
        "address of the client port; all addresses when not set"),
    CLIENT_PORT_LISTEN_BACKLOG("clientPortListenBacklog", number(-1, Integer.MAX_VALUE), "-1", Reaction.HONOURED,
        "connections that may wait to be accepted; -1 leaves it to the system"),
    SECURE_CLIENT_PORT("secureClientPort", port(), null, Reaction.UNSAFE_TO_IGNORE,
        "TLS port of clients"),
    SECURE_CLIENT_PORT_ADDRESS("secureClientPortAddress", filled(), null, Reaction.UNSAFE_TO_IGNORE,
        "address of the TLS port of clients"),
    CLIENT_PORT_UNIFICATION("client.portUnification", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS and plain text on one client port"),
    MAX_CLIENT_CNXNS("maxClientCnxns", atLeast(0), "60", Reaction.HONOURED,
        "connections of one address; 0 is no limit"),
    MAX_CNXNS("maxCnxns", atLeast(0), "0", Reaction.HONOURED,
        "connections of all addresses; 0 is no limit"),
    CLIENT_TCP_KEEP_ALIVE("clientTcpKeepAlive", flag(), "false", Reaction.HONOURED,
        "TCP keep-alive on connections of clients"),
    SESSIONLESS_TIMEOUT("nio.sessionlessCnxnTimeout", atLeast(1), "10000", Reaction.HONOURED,
        "ms until a connection without a session is closed"),
    JUTE_MAX_BUFFER("jute.maxbuffer", number(1024, 1 << 29), "1048575", Reaction.HONOURED,
        "longest request in bytes"),
    JUTE_EXTRA_SIZE("jute.maxbuffer.extrasize", atLeast(0), null, Reaction.NOT_NEEDED,
        "extra room for records inside the server"),

    // time and sessions
    TICK_TIME("tickTime", atLeast(1), "3000", Reaction.HONOURED,
        "ms of one tick, the unit of session expiry"),
    MIN_SESSION_TIMEOUT("minSessionTimeout", number(-1, Integer.MAX_VALUE), "-1", Reaction.HONOURED,
        "shortest session time-out in ms; -1 is 2 ticks"),
    MAX_SESSION_TIMEOUT("maxSessionTimeout", number(-1, Integer.MAX_VALUE), "-1", Reaction.HONOURED,
        "longest session time-out in ms; -1 is 20 ticks"),
    LOCAL_SESSIONS("localSessionsEnabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "local sessions"),
    LOCAL_SESSIONS_UPGRADING("localSessionsUpgradingEnabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "upgrade of local sessions"),
    CLOSE_SESSION_TXN("closeSessionTxn.enabled", flag(), "true", Reaction.NOT_NEEDED,
        "the list of ephemerals is always part of the closeSession transaction"),
    READ_ONLY_MODE("readonlymode.enabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "reading from a server that has lost its quorum"),

    // limits
    GLOBAL_OUTSTANDING_LIMIT("globalOutstandingLimit", atLeast(1), "1000", Reaction.HONOURED,
        "requests under way before the server reads no further"),
    LARGE_REQUEST_MAX_BYTES("largeRequestMaxBytes", atLeast(1), "104857600", Reaction.HONOURED,
        "bytes of large requests under way"),
    LARGE_REQUEST_THRESHOLD("largeRequestThreshold", number(-1, Integer.MAX_VALUE), "-1", Reaction.HONOURED,
        "bytes from which a request is large; -1 is off"),
    THROTTLE_MAX_REQUESTS("request_throttle_max_requests", atLeast(0), "0", Reaction.NOT_AVAILABLE,
        "request throttler"),
    THROTTLE_STALL_TIME("request_throttle_stall_time", atLeast(0), "100", Reaction.NOT_NEEDED,
        "stall time of the request throttler"),
    THROTTLE_DROP_STALE("request_throttle_drop_stale", flag(), "true", Reaction.NOT_NEEDED,
        "stale requests of the request throttler"),
    THROTTLER_SHUTDOWN_TIMEOUT("request_throttler.shutdownTimeout", atLeast(0), "10000", Reaction.NOT_NEEDED,
        "the server has no throttler thread"),
    STALE_LATENCY_CHECK("request_stale_latency_check", flag(), "false", Reaction.NOT_NEEDED,
        "staleness of throttled requests"),
    STALE_CONNECTION_CHECK("request_stale_connection_check", flag(), "true", Reaction.NOT_NEEDED,
        "requests of closed connections are always dropped"),
    THROTTLED_OP_WAIT_TIME("throttled_op_wait_time", atLeast(0), "0", Reaction.NOT_AVAILABLE,
        "refusing requests that waited too long (error -127)"),
    CONNECTION_TOKENS("connection_throttle_tokens", atLeast(0), "0", Reaction.HONOURED,
        "tokens that new connections use up; 0 is off"),
    CONNECTION_FILL_TIME("connection_throttle_fill_time", atLeast(1), "1", Reaction.HONOURED,
        "ms in which tokens come back"),
    CONNECTION_FILL_COUNT("connection_throttle_fill_count", atLeast(1), "1", Reaction.HONOURED,
        "tokens that come back at a time"),
    CONNECTION_FREEZE_TIME("connection_throttle_freeze_time", number(-1, Integer.MAX_VALUE), "-1",
        Reaction.HONOURED,
        "ms between two changes of the share that is dropped; -1 drops none by chance"),
    CONNECTION_DROP_INCREASE("connection_throttle_drop_increase", fraction(0, 1), "0.02", Reaction.HONOURED,
        "raises the share that is dropped"),
    CONNECTION_DROP_DECREASE("connection_throttle_drop_decrease", fraction(0, 1), "0.002", Reaction.HONOURED,
        "lowers the share that is dropped"),
    CONNECTION_DECREASE_RATIO("connection_throttle_decrease_ratio", fraction(0, 1), "0", Reaction.HONOURED,
        "missing part of the tokens below which the share falls"),
    CONNECTION_WEIGHTS("connection_throttle_weight_enabled", flag(), "false", Reaction.HONOURED,
        "whether kinds of connections cost differently"),
    CONNECTION_WEIGHT_GLOBAL("connection_throttle_global_session_weight", atLeast(0), "3", Reaction.HONOURED,
        "tokens of a new session"),
    CONNECTION_WEIGHT_RENEW("connection_throttle_renew_session_weight", atLeast(0), "2", Reaction.HONOURED,
        "tokens of a session taken up again"),
    CONNECTION_WEIGHT_LOCAL("connection_throttle_local_session_weight", atLeast(0), "1", Reaction.HONOURED,
        "tokens of a local session"),
    RESPONSE_CACHE("maxResponseCacheSize", number(-1, Integer.MAX_VALUE), "400", Reaction.NOT_NEEDED,
        "replies are encoded from the tree without a cache"),
    CHILDREN_RESPONSE_CACHE("maxGetChildrenResponseCacheSize", number(-1, Integer.MAX_VALUE), "400",
        Reaction.NOT_NEEDED,
        "replies are encoded from the tree without a cache"),

    // the tree
    EXTENDED_TYPES("extendedTypesEnabled", flag(), "false", Reaction.HONOURED,
        "znodes with a time to live"),
    EMULATE_353_TTL("emulate353TTLNodes", flag(), "false", Reaction.HONOURED,
        "read the owner bits of ZooKeeper 3.5.3"),
    CONTAINER_INTERVAL("znode.container.checkIntervalMs", atLeast(1), "60000", Reaction.HONOURED,
        "ms between two looks for empty containers"),
    CONTAINER_PER_MINUTE("znode.container.maxPerMinute", atLeast(1), "10000", Reaction.HONOURED,
        "containers removed in a minute"),
    CONTAINER_NEVER_USED("znode.container.maxNeverUsedIntervalMs", number(0, Long.MAX_VALUE), "0", Reaction.HONOURED,
        "ms until a container that never had children goes; 0 is never"),
    ENFORCE_QUOTA("enforceQuota", flag(), "false", Reaction.HONOURED,
        "refuse writes beyond hard quotas"),
    DIGEST_ENABLED("digest.enabled", flag(), "true", Reaction.HONOURED,
        "keep a digest of the tree"),
    WATCH_TABLE("watchManagerName", text(), null, Reaction.NOT_NEEDED,
        "the server has one watch table"),
    WATCHER_THREADS("watcherCleanThreadsNum", atLeast(0), "2", Reaction.NOT_NEEDED,
        "watches of a closed connection go at once"),
    WATCHER_THRESHOLD("watcherCleanThreshold", atLeast(0), "1000", Reaction.NOT_NEEDED,
        "watches of a closed connection go at once"),
    WATCHER_INTERVAL("watcherCleanIntervalInSeconds", atLeast(0), "600", Reaction.NOT_NEEDED,
        "watches of a closed connection go at once"),
    WATCHER_DEAD_MAX("maxInProcessingDeadWatchers", number(-1, Integer.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "watches of a closed connection go at once"),
    WATCHER_CACHE("bitHashCacheSize", atLeast(0), "10", Reaction.NOT_NEEDED,
        "the server has one watch table"),

    // who may do what
    SKIP_ACL("skipACL", yesNo(), "no", Reaction.HONOURED,
        "yes: everybody may do everything"),
    EAGER_ACL_CHECK("enableEagerACLCheck", flag(), "false", Reaction.NOT_NEEDED,
        "the leader checks each ACL when it prepares the request"),
    DIGEST_SCHEME("DigestAuthenticationProvider.enabled", flag(), "true", Reaction.HONOURED,
        "the digest scheme"),
    DIGEST_ALGORITHM("DigestAuthenticationProvider.digestAlg", filled(), "SHA1", Reaction.HONOURED,
        "hash of the digest scheme"),
    SUPER_DIGEST("DigestAuthenticationProvider.superDigest", text(), null, Reaction.HONOURED,
        "user:hash of the super user"),
    IP_FORWARDED_FOR("IPAuthenticationProvider.usexforwardedfor", flag(), "false", Reaction.NOT_AVAILABLE,
        "the ip scheme behind an HTTP proxy"),
    X509_SCHEME("ssl.authProvider", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "authentication by certificates"),
    X509_SUPER_USER("X509AuthenticationProvider.superUser", text(), null, Reaction.NOT_AVAILABLE,
        "super user by certificate"),
    SASL_CONTEXT("sasl.serverconfig", text(), "Server", Reaction.NOT_AVAILABLE,
        "SASL"),
    SASL_SUPER_USER("superUser", text(), null, Reaction.NOT_AVAILABLE,
        "super user by SASL"),
    SASL_SUPER_USERS("superUser.N", text(), null, Reaction.NOT_AVAILABLE,
        "super users by SASL"),
    SASL_SUPER_PASSWORD("SASLAuthenticationProvider.superPassword", text(), null, Reaction.NOT_AVAILABLE,
        "super user by SASL"),
    SASL_ANY("letAnySaslUserDoX", text(), null, Reaction.NOT_AVAILABLE,
        "SASL"),
    SASL_ALLOW_FAILED("allowSaslFailedClients", flag(), "false", Reaction.NOT_AVAILABLE,
        "SASL"),
    SASL_REQUIRED("sessionRequireClientSASLAuth", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "sessions only for clients with SASL"),
    ENFORCE_AUTH("enforce.auth.enabled", flag(), "false", Reaction.HONOURED,
        "sessions only for clients that authenticate"),
    ENFORCE_SCHEMES("enforce.auth.schemes", text(), null, Reaction.HONOURED,
        "schemes of which a client must use one: digest, ip"),
    ENSEMBLE_AUTH("ensembleAuthName", text(), null, Reaction.HONOURED,
        "names that clients may give for this ensemble"),
    AUTH_PROVIDERS("authProvider.N", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "own authentication classes"),
    AUTH_PROVIDER_NAMES("authProvider.*", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "own authentication classes"),
    KERBEROS("kerberos.*", text(), null, Reaction.NOT_AVAILABLE,
        "Kerberos"),
    AUTH_TO_LOCAL("security.auth_to_local", text(), "DEFAULT", Reaction.NOT_AVAILABLE,
        "Kerberos"),
    REQUIRE_KERBEROS("requireKerberosConfig", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "Kerberos"),
    KINIT("kinit", text(), "/usr/bin/kinit", Reaction.NOT_NEEDED,
        "ticket renewal of Kerberos"),
    JAAS_FILE("java.security.auth.login.config", text(), null, Reaction.NOT_AVAILABLE,
        "JAAS file of SASL"),

    // disk
    FORCE_SYNC("forceSync", yesNo(), "yes", Reaction.HONOURED,
        "no: answer before the write is on disk"),
    FSYNC_WARNING("fsync.warningthresholdms", atLeast(0), "1000", Reaction.HONOURED,
        "ms of a force from which it is worth a warning"),
    SNAP_COUNT("snapCount", atLeast(2), "100000", Reaction.HONOURED,
        "transactions between two snapshots"),
    SNAP_SIZE_LIMIT("snapSizeLimitInKb", number(-1, Long.MAX_VALUE / 1024), "4194304", Reaction.HONOURED,
        "KB of log between two snapshots; 0 or less is no limit"),
    TXN_LOG_SIZE_LIMIT("txnLogSizeLimitInKb", number(-1, Long.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "segments of the log have their own size"),
    PRE_ALLOC_SIZE("preAllocSize", atLeast(0), "65536", Reaction.NOT_NEEDED,
        "segments of the log are reserved ahead"),
    FLUSH_DELAY("flushDelay", atLeast(0), "0", Reaction.NOT_NEEDED,
        "writes that wait for a force go with the next one, without a timer"),
    WRITE_QUEUE_POLL("maxWriteQueuePollTime", number(-1, Integer.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "writes that wait for a force go with the next one, without a timer"),
    MAX_BATCH_SIZE("maxBatchSize", atLeast(0), "1000", Reaction.NOT_NEEDED,
        "writes that wait for a force go with the next one, without a timer"),
    SNAPSHOT_COMPRESSION("snapshot.compression.method", text(), null, Reaction.NOT_AVAILABLE,
        "compressed snapshots"),
    SNAPSHOT_LAST_ZXID("serializeLastProcessedZxid.enabled", flag(), "true", Reaction.NOT_NEEDED,
        "snapshots are exact and carry their zxid"),
    SNAPSHOT_TRUST_EMPTY("snapshot.trust.empty", flag(), "false", Reaction.NOT_NEEDED,
        "the manifest says which snapshot belongs to the log"),
    FORCE_SNAPSHOT_SYNC("forceSnapshotSync", flag(), "false", Reaction.NOT_NEEDED,
        "test switch of ZooKeeper"),
    PURGE_RETAIN("autopurge.snapRetainCount", atLeast(0), "3", Reaction.HONOURED,
        "snapshots that are kept; fewer than 3 is taken as 3"),
    PURGE_INTERVAL("autopurge.purgeInterval", atLeast(0), "0", Reaction.HONOURED,
        "hours between removals of old snapshots and segments; 0 is never"),

    // ensemble
    SERVERS("server.N", filled(), null, Reaction.HONOURED,
        "host:A:B[:participant or observer][;[address:]clientPort] of server N"),
    GROUPS("group.N", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "quorums of groups"),
    WEIGHTS("weight.N", number(0, Long.MAX_VALUE), "1", Reaction.UNSAFE_TO_IGNORE,
        "weights of votes"),
    ORACLE_PATH("oraclePath", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "oracle of two servers"),
    STANDALONE_ENABLED("standaloneEnabled", flag(), "true", Reaction.HONOURED,
        "true: one server line is a single server without a quorum"),
    INIT_LIMIT("initLimit", atLeast(0), "10", Reaction.HONOURED,
        "ticks for which a server that joins may get no further before it begins anew; 0 is taken as 1"),
    SYNC_LIMIT("syncLimit", atLeast(1), "5", Reaction.HONOURED,
        "ticks that bound peerTimeoutMs, and how long a disk may take to force before its server leaves"),
    CONNECT_TO_LEARNER_MASTER_LIMIT("connectToLearnerMasterLimit", atLeast(0), "0", Reaction.NOT_NEEDED,
        "servers link again by themselves, for as long as it takes"),
    ELECTION_ALG("electionAlg", number(0, 3), "3", Reaction.NOT_NEEDED,
        "there is one election"),
    PEER_TYPE("peerType", oneOf("participant", "observer"), "participant", Reaction.HONOURED,
        "what this server is; the server lines decide, a difference is worth a warning"),
    SYNC_ENABLED("syncEnabled", flag(), "true", Reaction.NOT_NEEDED,
        "observers always write to disk"),
    OBSERVER_SYNC_ENABLED("observer.syncEnabled", flag(), "true", Reaction.NOT_NEEDED,
        "observers always write to disk"),
    QUORUM_LISTEN_ALL("quorumListenOnAllIPs", flag(), "false", Reaction.HONOURED,
        "true: both ports of the own server line on all addresses of this machine"),
    DYNAMIC_CONFIG_FILE("dynamicConfigFile", text(), null, Reaction.HONOURED,
        "file of the server lines; read at start, never written"),
    CONFIG_VERSION("version", text(), "0", Reaction.NOT_NEEDED,
        "version of a dynamic configuration"),
    RECONFIG("reconfigEnabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "changing the ensemble while it runs"),
    OBSERVER_MASTER_PORT("observerMasterPort", port(), null, Reaction.NOT_AVAILABLE,
        "observers hosted by followers"),
    OBSERVER_MASTER_SIZE("observerMaster.sizeLimit", atLeast(0), "33554432", Reaction.NOT_NEEDED,
        "observers hosted by followers"),
    MULTI_ADDRESS("multiAddress.enabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "several addresses of one server"),
    MULTI_ADDRESS_TIMEOUT("multiAddress.reachabilityCheckTimeoutMs", atLeast(0), "1000", Reaction.NOT_NEEDED,
        "several addresses of one server"),
    MULTI_ADDRESS_CHECK("multiAddress.reachabilityCheckEnabled", flag(), "true", Reaction.NOT_NEEDED,
        "several addresses of one server"),
    MIN_NOTIFICATION("fastleader.minNotificationInterval", atLeast(0), "200", Reaction.NOT_NEEDED,
        "elections have no such timer"),
    MAX_NOTIFICATION("fastleader.maxNotificationInterval", atLeast(0), "60000", Reaction.NOT_NEEDED,
        "elections have no such timer"),
    CNX_TIMEOUT("cnxTimeout", atLeast(0), "5000", Reaction.NOT_NEEDED,
        "servers connect without blocking"),
    ELECTION_BIND_RETRY("electionPortBindRetry", atLeast(0), "3", Reaction.NOT_NEEDED,
        "a port that is taken ends the start with a message"),
    TCP_KEEP_ALIVE("tcpKeepAlive", flag(), "false", Reaction.NOT_NEEDED,
        "heartbeats find dead servers"),
    QUORUM_CNXN_TIMEOUT("quorumCnxnTimeoutMs", number(-1, Integer.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "heartbeats find dead servers"),
    QUORUM_CNXN_THREADS("quorum.cnxn.threads.size", atLeast(0), "20", Reaction.NOT_NEEDED,
        "servers connect without threads"),
    COMMIT_LOG_COUNT("commitLogCount", atLeast(0), "500", Reaction.NOT_NEEDED,
        "learners catch up from the log itself"),
    SNAPSHOT_SIZE_FACTOR("snapshotSizeFactor", fraction(-1, 1000), "0.33", Reaction.NOT_NEEDED,
        "the log goes on, or a much shorter snapshot is sent, by itself"),
    MAX_SNAP_SYNCS("leader.maxConcurrentSnapSyncs", atLeast(0), "10", Reaction.NOT_NEEDED,
        "a leader ships files, not its tree"),
    MAX_DIFF_SYNCS("leader.maxConcurrentDiffSyncs", atLeast(0), "100", Reaction.NOT_NEEDED,
        "learners catch up from the log itself"),
    WAIT_FOR_EPOCH("leader.maxTimeToWaitForEpoch", number(-1, Integer.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "heartbeats bound every phase"),
    LEADER_SERVES("leaderServes", yesNo(), "yes", Reaction.NOT_NEEDED,
        "the leader always serves clients"),
    LEARNER_CLOSE_ASYNC("learner.closeSocketAsync", flag(), "false", Reaction.NOT_NEEDED,
        "nothing blocks on a socket"),
    LEADER_CLOSE_ASYNC("leader.closeSocketAsync", flag(), "false", Reaction.NOT_NEEDED,
        "nothing blocks on a socket"),
    LEARNER_ASYNC_SENDING("learner.asyncSending", flag(), "false", Reaction.NOT_NEEDED,
        "nothing blocks on a socket"),
    FOLLOWER_NODELAY("follower.nodelay", flag(), "true", Reaction.NOT_NEEDED,
        "servers talk over UDP"),
    LEADER_NODELAY("leader.nodelay", flag(), "true", Reaction.NOT_NEEDED,
        "servers talk over UDP"),
    LEADER_CONNECT_DELAY("leaderConnectDelayDuringRetryMs", atLeast(0), "100", Reaction.NOT_NEEDED,
        "servers connect without blocking"),
    COMMIT_WORKERS("commitProcessor.numWorkerThreads", atLeast(0), null, Reaction.NOT_NEEDED,
        "one thread applies commits"),
    COMMIT_READ_BATCH("commitProcessor.maxReadBatchSize", number(-1, Integer.MAX_VALUE), "-1", Reaction.NOT_NEEDED,
        "one thread applies commits"),
    COMMIT_BATCH("commitProcessor.maxCommitBatchSize", atLeast(0), "1", Reaction.NOT_NEEDED,
        "one thread applies commits"),
    COMMIT_SHUTDOWN("commitProcessor.shutdownTimeout", atLeast(0), "5000", Reaction.NOT_NEEDED,
        "one thread applies commits"),
    FORWARD_LEARNER("forward_learner_requests_to_commit_processor_disabled", flag(), "false", Reaction.NOT_NEEDED,
        "one thread applies commits"),
    SKIP_LEARNER("follower.skipLearnerRequestToNextProcessor", flag(), "false", Reaction.NOT_NEEDED,
        "one thread applies commits"),
    OBSERVER_RECONNECT("observer.reconnectDelayMs", atLeast(0), "0", Reaction.NOT_NEEDED,
        "observers link as followers do"),
    OBSERVER_ELECTION("observer.election.DelayMs", atLeast(0), "200", Reaction.NOT_NEEDED,
        "observers hear of a leader at once"),
    ACK_LOGGING("leader.ackLoggingFrequency", atLeast(0), "1000", Reaction.NOT_NEEDED,
        "acknowledgements are counted, not logged"),
    MESSAGE_TRACKER("messageTracker.Enabled", flag(), "false", Reaction.NOT_NEEDED,
        "debugging aid of ZooKeeper's links"),
    MESSAGE_TRACKER_SIZE("messageTracker.BufferSize", atLeast(0), "10", Reaction.NOT_NEEDED,
        "debugging aid of ZooKeeper's links"),
    INITIAL_ZXID("testingonly.initialZxid", text(), null, Reaction.NOT_NEEDED,
        "test switch of ZooKeeper"),
    DISCONTINUOUS("test.allowDiscontinuousProposals", flag(), "false", Reaction.NOT_NEEDED,
        "test switch of ZooKeeper"),

    // protection of links
    SSL_QUORUM("sslQuorum", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS between servers"),
    PORT_UNIFICATION("portUnification", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS between servers"),
    SSL_QUORUM_RELOAD("sslQuorumReloadCertFiles", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS between servers"),
    SSL_PROVIDER("ssl.sslProvider", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "TLS"),
    SSL("ssl.*", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "TLS"),
    CERT_RELOAD("client.certReload", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS"),
    FIPS_MODE("fips-mode", flag(), "true", Reaction.NOT_NEEDED,
        "the server has no TLS"),
    QUORUM_SASL("quorum.auth.enableSasl", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "SASL between servers"),
    QUORUM_SASL_LEARNER("quorum.auth.learnerRequireSasl", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "SASL between servers"),
    QUORUM_SASL_SERVER("quorum.auth.serverRequireSasl", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "SASL between servers"),
    QUORUM_AUTH("quorum.auth.*", text(), null, Reaction.UNSAFE_TO_IGNORE,
        "SASL between servers"),

    // looking at a server
    FOUR_LETTER_WORDS("4lw.commands.whitelist", text(), "srvr", Reaction.HONOURED,
        "words that are answered, with commas; * is all"),
    ADMIN_ENABLE("admin.enableServer", flag(), "true", Reaction.HONOURED,
        "the HTTP admin server and dashboard; embedded servers open it only when this or its port is set"),
    ADMIN_ADDRESS("admin.serverAddress", text(), "127.0.0.1", Reaction.HONOURED,
        "address of the admin server; it has no TLS, so think before you open it to others"),
    ADMIN_PORT("admin.serverPort", port(), "8080", Reaction.HONOURED,
        "port of the admin server; when it is set and taken, the server does not start"),
    ADMIN_IDLE_TIMEOUT("admin.idleTimeout", atLeast(0), "30000", Reaction.HONOURED,
        "ms until an idle connection to the admin server is closed"),
    ADMIN_COMMAND_URL("admin.commandURL", text(), "/commands", Reaction.HONOURED,
        "path of the commands of the admin server"),
    ADMIN_HTTP_VERSION("admin.httpVersion", number(10, 20), "11", Reaction.NOT_NEEDED,
        "the admin server speaks HTTP 1.1, and 1.0 to those who do"),
    ADMIN_PORT_UNIFICATION("admin.portUnification", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS of the admin server"),
    ADMIN_FORCE_HTTPS("admin.forceHttps", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS of the admin server"),
    ADMIN_CLIENT_AUTH("admin.needClientAuth", flag(), "false", Reaction.UNSAFE_TO_IGNORE,
        "TLS of the admin server"),
    ADMIN_SNAPSHOT("admin.snapshot.enabled", flag(), "true", Reaction.HONOURED,
        "snapshots over HTTP"),
    ADMIN_RESTORE("admin.restore.enabled", flag(), "true", Reaction.HONOURED,
        "restore over HTTP, which replaces all data of a server alone"),
    ADMIN_RATE_LIMITER("admin.rateLimiterIntervalInMS", number(0, Long.MAX_VALUE), "300000", Reaction.HONOURED,
        "ms between two snapshots over HTTP, and between two restores"),
    ADMIN_OTHERS("admin.*", text(), null, Reaction.NOT_AVAILABLE,
        "this setting of the HTTP admin server"),
    METRICS_PROVIDER("metricsProvider.className", text(), "org.apache.zookeeper.metrics.impl.DefaultMetricsProvider",
        Reaction.HONOURED,
        "ZooKeeper's name of its Prometheus provider opens the port of the metrics; other providers are not known"),
    METRICS_HTTP_HOST("metricsProvider.httpHost", text(), "0.0.0.0", Reaction.HONOURED,
        "address of the metrics for Prometheus"),
    METRICS_HTTP_PORT("metricsProvider.httpPort", port(), "7000", Reaction.HONOURED,
        "port of the metrics for Prometheus; setting it opens it"),
    METRICS_JVM("metricsProvider.exportJvmInfo", flag(), "true", Reaction.HONOURED,
        "whether Prometheus is told of the JVM as well"),
    METRICS_THREADS("metricsProvider.numWorkerThreads", atLeast(1), "1", Reaction.NOT_NEEDED,
        "metrics are kept without worker threads"),
    METRICS_QUEUE("metricsProvider.maxQueueSize", atLeast(1), "1000000", Reaction.NOT_NEEDED,
        "metrics are kept without worker threads"),
    METRICS_SHUTDOWN("metricsProvider.workerShutdownTimeoutMs", atLeast(0), "1000", Reaction.NOT_NEEDED,
        "metrics are kept without worker threads"),
    METRICS_OTHERS("metricsProvider.*", text(), null, Reaction.NOT_AVAILABLE,
        "this setting of metrics over HTTP"),
    PAUSE_MONITOR("jvm.pause.monitor", flag(), "false", Reaction.NOT_NEEDED,
        "the longest duty cycle is always measured"),
    PAUSE_WARN("jvm.pause.warn-threshold.ms", number(0, Long.MAX_VALUE), "10000", Reaction.NOT_NEEDED,
        "the longest duty cycle is always measured"),
    PAUSE_INFO("jvm.pause.info-threshold.ms", number(0, Long.MAX_VALUE), "1000", Reaction.NOT_NEEDED,
        "the longest duty cycle is always measured"),
    PAUSE_SLEEP("jvm.pause.sleep.time.ms", number(0, Long.MAX_VALUE), "500", Reaction.NOT_NEEDED,
        "the longest duty cycle is always measured"),
    PATH_STATS("pathStats.enabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_SLOTS("pathStats.slotCapacity", atLeast(0), "60", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_DURATION("pathStats.slotDuration", atLeast(0), "15", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_DEPTH("pathStats.maxDepth", atLeast(0), "6", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_RATE("pathStats.sampleRate", fraction(0, 1), "0.1", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_INITIAL("pathStats.initialDelay", atLeast(0), "5", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_DELAY("pathStats.delay", atLeast(0), "5", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    PATH_STATS_TOP("pathStats.topPathMax", atLeast(0), "20", Reaction.NOT_AVAILABLE,
        "statistics of paths"),
    AUDIT("audit.enable", flag(), "false", Reaction.HONOURED,
        "a line of the log for each change that a client asks for"),
    AUDIT_CLASS("audit.impl.class", text(), "org.apache.zookeeper.audit.Slf4jAuditLogger", Reaction.NOT_AVAILABLE,
        "an audit log by a class of one's own; its lines go to SLF4J"),
    JMX_LOG4J("jmx.log4j.disable", text(), null, Reaction.NOT_NEEDED,
        "there is no log4j"),
    JMX_LOG4J_MBEAN("jmx.log4j.mbean", text(), null, Reaction.NOT_NEEDED,
        "there is no log4j"),
    CONTROLLER_PORT("controllerPort", port(), null, Reaction.NOT_NEEDED,
        "fault injection of ZooKeeper"),

    // threads and sockets of ZooKeeper
    SERVER_CNXN_FACTORY("serverCnxnFactory", text(), null, Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NIO_SELECTORS("nio.numSelectorThreads", atLeast(0), null, Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NIO_WORKERS("nio.numWorkerThreads", atLeast(0), null, Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NIO_BUFFERS("nio.directBufferBytes", atLeast(0), "65536", Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NIO_SHUTDOWN("nio.shutdownTimeout", atLeast(0), "5000", Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NIO_OTHERS("nio.*", text(), null, Reaction.NOT_NEEDED,
        "one event loop serves all connections"),
    NETTY_FLOW_CONTROL("netty.advancedFlowControl.enabled", flag(), "false", Reaction.NOT_NEEDED,
        "there is no Netty"),
    NETTY_HANDSHAKES("netty.server.outstandingHandshake.limit", number(-1, Integer.MAX_VALUE), "-1",
        Reaction.NOT_NEEDED,
        "there is no Netty"),
    NETTY_DROPS("netty.server.earlyDropSecureConnectionHandshakes", flag(), "false", Reaction.NOT_NEEDED,
        "there is no Netty"),
    NETTY_OTHERS("netty.*", text(), null, Reaction.NOT_NEEDED,
        "there is no Netty"),
    INT_BUFFER_START("intBufferStartingSizeBytes", atLeast(0), "1024", Reaction.NOT_NEEDED,
        "buffers grow by themselves"),

    // settings of clients that may stand in the same command line
    CLIENT_SASL("sasl.client", text(), "true", Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_SASL_OTHERS("sasl.client.*", text(), null, Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_SASL_CONFIG("sasl.clientconfig", text(), "Client", Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_REALM("server.realm", text(), null, Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_PRINCIPAL("server.principal", text(), null, Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_SECURE("client.secure", flag(), "false", Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_SOCKET("clientCnxnSocket", text(), null, Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_WATCH_RESET("disableAutoWatchReset", flag(), "false", Reaction.NOT_NEEDED,
        "a setting of clients"),
    CLIENT_REQUEST_TIMEOUT("request.timeout", atLeast(0), "0", Reaction.NOT_NEEDED,
        "a setting of clients"),
    LOG_DIR("log.dir", text(), null, Reaction.NOT_NEEDED,
        "set in logback.xml"),
    LOG_FILE("log.file", text(), null, Reaction.NOT_NEEDED,
        "set in logback.xml"),
    ROOT_LOGGER("root.logger", text(), null, Reaction.NOT_NEEDED,
        "set in logback.xml"),
    CONFIGURATION("configuration", text(), null, Reaction.NOT_NEEDED,
        "embedded servers of ZooKeeper"),

    // own keys
    THREADING("threading", oneOf("shared", "dedicated"), "shared", Reaction.HONOURED,
        "one thread for sockets and engine, or one each"),
    IDLE("idle", oneOf("block", "backoff", "yield", "spin"), "block", Reaction.HONOURED,
        "what a thread without work does"),
    SNAPSHOT_RATE("snapshotRateInKb", number(0, 1L << 22), "65536", Reaction.HONOURED,
        "KB a second that a snapshot writes at most, so that it does not get in the way of writes; 0: no limit"),
    PEER_HEARTBEAT("peerHeartbeatMs", atLeast(1), "100", Reaction.HONOURED,
        "ms between heartbeats of the leader"),
    SLOW_REQUEST("slowRequestMs", atLeast(0), "1000", Reaction.HONOURED,
        "requests that take longer get a line in the log that says where their time went; 0 is off"),
    PEER_TIMEOUT("peerTimeoutMs", atLeast(1), "1000", Reaction.HONOURED,
        "ms of silence until a server counts as gone");

    /** Begins the name of a system property. */
    public static final String PREFIX = "zookeeper.";

    private static final Set<String> UNPREFIXED = Set.of("jute.maxbuffer", "readonlymode.enabled",
        "znode.container.checkIntervalMs", "znode.container.maxPerMinute", "znode.container.maxNeverUsedIntervalMs",
        "java.security.auth.login.config", "follower.nodelay", "leader.nodelay", "fsync.warningthresholdms");

    /** Keys that take effect without a restart when the configuration file is read again. */
    private static final Set<String> RELOADABLE = Set.of("maxClientCnxns", "maxCnxns", "maxSessionTimeout",
        "globalOutstandingLimit", "largeRequestMaxBytes", "largeRequestThreshold", "connection_throttle_tokens",
        "connection_throttle_fill_time", "connection_throttle_fill_count", "connection_throttle_freeze_time",
        "connection_throttle_drop_increase", "connection_throttle_drop_decrease",
        "connection_throttle_decrease_ratio", "connection_throttle_weight_enabled",
        "connection_throttle_global_session_weight", "connection_throttle_renew_session_weight",
        "connection_throttle_local_session_weight", "znode.container.checkIntervalMs",
        "znode.container.maxPerMinute", "znode.container.maxNeverUsedIntervalMs", "snapCount", "snapSizeLimitInKb",
        "snapshotRateInKb", "fsync.warningthresholdms", "slowRequestMs", "4lw.commands.whitelist",
        "autopurge.purgeInterval");

    private static final int NUMBER_DIGITS_MAX = 18;

    private static final Map<String, ServerProperty> BY_KEY = new HashMap<>();

    static
    {
        for (final ServerProperty property : values())
        {
            BY_KEY.put(property.key, property);
        }
    }

    private final String key;
    private final ValueRule rule;
    private final String defaultValue;
    private final Reaction reaction;
    private final String meaning;

    ServerProperty(
        final String key, final ValueRule rule, final String defaultValue, final Reaction reaction,
        final String meaning)
    {
        this.key = key;
        this.rule = rule;
        this.defaultValue = defaultValue;
        this.reaction = reaction;
        this.meaning = meaning;
    }

    /**
     * Finds the line of a key.
     *
     * @param key as written in zoo.cfg.
     * @return its line, or null when the key is unknown.
     */
    public static ServerProperty of(final String key)
    {
        final ServerProperty exact = BY_KEY.get(key);
        if (exact != null && !exact.isPattern())
        {
            return exact;
        }

        return Arrays.stream(values()).filter(property -> property.matches(key))
            .max((left, right) -> Integer.compare(left.key.length(), right.key.length())).orElse(null);
    }

    /**
     * Name in zoo.cfg.
     *
     * @return the key, or a pattern.
     */
    public String key()
    {
        return key;
    }

    /**
     * Whether the line stands for several keys.
     *
     * @return true when the key ends with {@code .N} or {@code .*}.
     */
    public boolean isPattern()
    {
        return key.endsWith(".N") || key.endsWith(".*");
    }

    /**
     * Whether the system property may be written without its prefix.
     *
     * @return true when both names are read.
     */
    public boolean isUnprefixed()
    {
        return UNPREFIXED.contains(key);
    }

    /**
     * Whether a changed value takes effect when the server reads its configuration file again.
     *
     * @return false when it needs a restart.
     */
    public boolean isReloadable()
    {
        return RELOADABLE.contains(key);
    }

    /**
     * Whether values are kept out of logs and listings.
     *
     * @return true for credentials.
     */
    public boolean isSecret()
    {
        final String name = key.toLowerCase(Locale.ROOT);
        return name.contains("password") || name.contains("superdigest") || name.equals("ssl.*");
    }

    /**
     * Value when nobody sets it.
     *
     * @return text, or null when there is none.
     */
    public String defaultValue()
    {
        return defaultValue;
    }

    /**
     * What the server does when the key is set.
     *
     * @return the reaction.
     */
    public Reaction reaction()
    {
        return reaction;
    }

    /**
     * What the key does, or what is missing, or why nothing is needed.
     *
     * @return a few words.
     */
    public String meaning()
    {
        return meaning;
    }

    boolean accepts(final String value)
    {
        return rule.accepts(value);
    }

    String expectation()
    {
        return rule.expectation();
    }

    private boolean matches(final String candidate)
    {
        final String stem = key.substring(0, key.length() - 1);
        if (!isPattern() || !candidate.startsWith(stem) || candidate.length() == stem.length())
        {
            return false;
        }
        if (key.endsWith(".N") && candidate.length() - stem.length() > NUMBER_DIGITS_MAX)
        {
            return false;
        }

        return key.endsWith(".*") || candidate.substring(stem.length()).chars().allMatch(c -> '0' <= c && c <= '9');
    }
}
