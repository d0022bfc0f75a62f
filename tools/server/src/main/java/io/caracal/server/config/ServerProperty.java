/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.ServerProperty.Effect.RELOAD;
import static io.caracal.server.config.ServerProperty.Effect.RESTART;
import static io.caracal.server.config.ValueRule.atLeast;
import static io.caracal.server.config.ValueRule.filled;
import static io.caracal.server.config.ValueRule.flag;
import static io.caracal.server.config.ValueRule.fraction;
import static io.caracal.server.config.ValueRule.number;
import static io.caracal.server.config.ValueRule.oneOf;
import static io.caracal.server.config.ValueRule.port;
import static io.caracal.server.config.ValueRule.text;
import static io.caracal.server.config.ValueRule.yesNo;

/**
 * The keys of a zoo.cfg that the server reads, by subject, one per line: name, what a value must look like, default,
 * when a changed value takes effect, meaning. The file is as long as the list. Keys that are only known are in
 * {@link KeysRefused}, {@link KeysNotAvailable} and {@link KeysNotNeeded}.
 * <p>
 * A key that ends with {@code .N} stands for all keys with a number in that place. The system property of a key is
 * {@code zookeeper.} followed by the key.
 */
@SuppressWarnings("ImmutableEnumChecker") // rules are immutable, but hold a lambda
public enum ServerProperty
{
    // where data lies
    DATA_DIR("dataDir", filled(), null, RESTART,
        "snapshots, epochs, myid; own files go to its folder caracal-1"),
    DATA_LOG_DIR("dataLogDir", filled(), null, RESTART,
        "transaction log; the same as dataDir when not set"),
    DATADIR_AUTOCREATE("datadir.autocreate", flag(), "true", RESTART,
        "begin in empty or missing data directories; false: only where zkServer-initialize.sh prepared them"),

    // the client port
    CLIENT_PORT("clientPort", port(), "2181", RESTART,
        "TCP port of clients; 0 takes a free one"),
    CLIENT_PORT_ADDRESS("clientPortAddress", filled(), null, RESTART,
        "address of the client port; all addresses when not set"),
    CLIENT_PORT_LISTEN_BACKLOG("clientPortListenBacklog", number(-1, Integer.MAX_VALUE), "-1", RESTART,
        "connections that may wait to be accepted; below 1 it is 4096, Linux's maximum"),
    MAX_CLIENT_CNXNS("maxClientCnxns", number(-1, Integer.MAX_VALUE), "60", RELOAD,
        "connections of one address; 0 or -1 is no limit"),
    MAX_CNXNS("maxCnxns", number(-1, Integer.MAX_VALUE), "0", RELOAD,
        "connections of all addresses; 0 or -1 is no limit but what the limit of open files leaves"),
    CLIENT_TCP_KEEP_ALIVE("clientTcpKeepAlive", flag(), "false", RESTART,
        "TCP keep-alive on connections of clients"),
    SESSIONLESS_TIMEOUT("nio.sessionlessCnxnTimeout", atLeast(1), "10000", RESTART,
        "ms until a connection without a session is closed"),
    JUTE_MAX_BUFFER("jute.maxbuffer", number(1024, 1 << 29), "1048575", RESTART,
        "longest request in bytes"),

    // time and sessions
    TICK_TIME("tickTime", number(1, Integer.MAX_VALUE / 20), "3000", RESTART,
        "ms of one tick, the unit of session expiry"),
    MIN_SESSION_TIMEOUT("minSessionTimeout", number(-1, Integer.MAX_VALUE), "-1", RESTART,
        "shortest session time-out in ms; -1 is 2 ticks"),
    MAX_SESSION_TIMEOUT("maxSessionTimeout", number(-1, Integer.MAX_VALUE), "-1", RELOAD,
        "longest session time-out in ms; -1 is 20 ticks"),
    READ_ONLY_MODE("readonlymode.enabled", flag(), "false", Reaction.NOT_AVAILABLE,
        "reading from a server that has lost its quorum"),

    // limits
    GLOBAL_OUTSTANDING_LIMIT("globalOutstandingLimit", atLeast(1), "1000", RELOAD,
        "requests under way before the server reads no further"),
    LARGE_REQUEST_MAX_BYTES("largeRequestMaxBytes", atLeast(1), "104857600", RELOAD,
        "bytes of large requests under way"),
    LARGE_REQUEST_THRESHOLD("largeRequestThreshold", number(-1, Integer.MAX_VALUE), "-1", RELOAD,
        "bytes from which a request is large; -1 is off"),
    CONNECTION_TOKENS("connection_throttle_tokens", atLeast(0), "0", RELOAD,
        "tokens that new connections use up; 0 is off"),
    CONNECTION_FILL_TIME("connection_throttle_fill_time", atLeast(1), "1", RELOAD,
        "ms in which tokens come back"),
    CONNECTION_FILL_COUNT("connection_throttle_fill_count", atLeast(1), "1", RELOAD,
        "tokens that come back at a time"),
    CONNECTION_FREEZE_TIME("connection_throttle_freeze_time", number(-1, Integer.MAX_VALUE), "-1", RELOAD,
        "ms between two changes of the share that is dropped; -1 drops none by chance"),
    CONNECTION_DROP_INCREASE("connection_throttle_drop_increase", fraction(0, 1), "0.02", RELOAD,
        "raises the share that is dropped"),
    CONNECTION_DROP_DECREASE("connection_throttle_drop_decrease", fraction(0, 1), "0.002", RELOAD,
        "lowers the share that is dropped"),
    CONNECTION_DECREASE_RATIO("connection_throttle_decrease_ratio", fraction(0, 1), "0", RELOAD,
        "missing part of the tokens below which the share falls"),
    CONNECTION_WEIGHTS("connection_throttle_weight_enabled", flag(), "false", RELOAD,
        "whether kinds of connections cost differently"),
    CONNECTION_WEIGHT_GLOBAL("connection_throttle_global_session_weight", atLeast(0), "3", RELOAD,
        "tokens of a new session"),
    CONNECTION_WEIGHT_RENEW("connection_throttle_renew_session_weight", atLeast(0), "2", RELOAD,
        "tokens of a session taken up again"),
    CONNECTION_WEIGHT_LOCAL("connection_throttle_local_session_weight", atLeast(0), "1", RELOAD,
        "least tokens of any session; ZooKeeper's local sessions do not exist here"),

    // the tree
    EXTENDED_TYPES("extendedTypesEnabled", flag(), "false", RESTART,
        "znodes with a time to live"),
    EMULATE_353_TTL("emulate353TTLNodes", flag(), "false", RESTART,
        "take owners with the top bit set for TTL znodes of ZooKeeper 3.5.3"),
    CONTAINER_INTERVAL("znode.container.checkIntervalMs", atLeast(1), "60000", RELOAD,
        "ms between two looks for empty containers, and for TTL znodes whose time is over"),
    CONTAINER_PER_MINUTE("znode.container.maxPerMinute", atLeast(1), "10000", RELOAD,
        "containers and TTL znodes removed in a minute"),
    CONTAINER_NEVER_USED("znode.container.maxNeverUsedIntervalMs", number(0, Long.MAX_VALUE), "0", RELOAD,
        "ms until a container that never had children goes; 0 is never"),
    ENFORCE_QUOTA("enforceQuota", flag(), "false", RESTART,
        "refuse writes beyond hard quotas"),
    DIGEST_ENABLED("digest.enabled", flag(), "true", RESTART,
        "keep a digest of the tree"),

    // who may do what
    SKIP_ACL("skipACL", yesNo(), "no", RESTART,
        "yes: everybody may do everything"),
    DIGEST_SCHEME("DigestAuthenticationProvider.enabled", flag(), "true", RESTART,
        "the digest scheme"),
    DIGEST_ALGORITHM("DigestAuthenticationProvider.digestAlg", filled(), "SHA1", RESTART,
        "hash of the digest scheme"),
    SUPER_DIGEST("DigestAuthenticationProvider.superDigest", text(), null, RESTART,
        "user:hash of the super user"),
    ENFORCE_AUTH("enforce.auth.enabled", flag(), "false", RESTART,
        "sessions only for clients that authenticate"),
    ENFORCE_SCHEMES("enforce.auth.schemes", text(), null, RESTART,
        "schemes of which a client must use one: digest, ip"),
    ENSEMBLE_AUTH("ensembleAuthName", text(), null, RESTART,
        "names that clients may give for this ensemble"),

    // disk
    FORCE_SYNC("forceSync", yesNo(), "yes", RESTART,
        "no: answer before the write is on disk"),
    FSYNC_WARNING("fsync.warningthresholdms", atLeast(0), "1000", RELOAD,
        "ms of a force from which it is worth a warning"),
    SNAP_COUNT("snapCount", number(-1, Integer.MAX_VALUE), "100000", RELOAD,
        "transactions between two snapshots; fewer than 2 is taken as 2"),
    SNAP_SIZE_LIMIT("snapSizeLimitInKb", number(-1, Long.MAX_VALUE / 1024), "4194304", RELOAD,
        "KB of log between two snapshots; 0 or less is no limit"),
    PURGE_RETAIN("autopurge.snapRetainCount", number(-1, Integer.MAX_VALUE), "3", RESTART,
        "snapshots that are kept; fewer than 3 is taken as 3"),
    PURGE_INTERVAL("autopurge.purgeInterval", number(-1, Integer.MAX_VALUE), "0", RELOAD,
        "hours between removals of old snapshots and segments; 0 or -1 is never"),

    // ensemble
    SERVERS("server.N", filled(), null, RESTART,
        "host:A:B[:participant or observer][;[address:]clientPort] of server N"),
    STANDALONE_ENABLED("standaloneEnabled", flag(), "true", RESTART,
        "true: one server line is a single server without a quorum"),
    INIT_LIMIT("initLimit", atLeast(0), "10", RESTART,
        "ticks for which a server that joins may get no further before it begins anew; 0 is taken as 1"),
    SYNC_LIMIT("syncLimit", atLeast(1), "5", RESTART,
        "ticks that bound peerTimeoutMs, and how long a disk may take to force before its server leaves"),
    ELECTION_ALG("electionAlg", number(0, 3), "3", Reaction.NOT_NEEDED,
        "there is one election"),
    PEER_TYPE("peerType", oneOf("participant", "observer"), "participant", RESTART,
        "what this server is; the server lines decide, a difference is worth a warning"),
    QUORUM_LISTEN_ALL("quorumListenOnAllIPs", flag(), "false", RESTART,
        "true: both ports of the own server line on all addresses of this machine"),
    PORT_ATTEMPTS("electionPortBindRetry", atLeast(0), "3", RESTART,
        "attempts, a second apart, to find the own host and to open both ports of the own server line; 0 is no limit"),
    DYNAMIC_CONFIG_FILE("dynamicConfigFile", text(), null, RESTART,
        "file of the server lines; read at start, never written"),

    // looking at a server
    FOUR_LETTER_WORDS("4lw.commands.whitelist", text(), "srvr", RELOAD,
        "words that are answered, with commas; * is all"),
    ADMIN_ENABLE("admin.enableServer", flag(), "true", RESTART,
        "the HTTP admin server and dashboard; embedded servers open it only when this or its port is set"),
    ADMIN_ADDRESS("admin.serverAddress", text(), "127.0.0.1", RESTART,
        "address of the admin server; it has no TLS, so think before you open it to others"),
    ADMIN_PORT("admin.serverPort", port(), "8080", RESTART,
        "port of the admin server; when it is set and taken, the server does not start"),
    ADMIN_IDLE_TIMEOUT("admin.idleTimeout", atLeast(0), "30000", RESTART,
        "ms until an idle connection to the admin server is closed"),
    ADMIN_COMMAND_URL("admin.commandURL", text(), "/commands", RESTART,
        "path of the commands of the admin server"),
    ADMIN_SNAPSHOT("admin.snapshot.enabled", flag(), "true", RESTART,
        "snapshots over HTTP"),
    ADMIN_RESTORE("admin.restore.enabled", flag(), "true", RESTART,
        "restore over HTTP, which replaces all data of the server or its whole ensemble"),
    ADMIN_RATE_LIMITER("admin.rateLimiterIntervalInMS", number(0, Long.MAX_VALUE), "300000", RESTART,
        "ms between two snapshots over HTTP, and between two restores"),
    METRICS_PROVIDER("metricsProvider.className", text(), "org.apache.zookeeper.metrics.impl.DefaultMetricsProvider",
        RESTART,
        "ZooKeeper's name of its Prometheus provider opens the port of the metrics; other providers are not known"),
    METRICS_HTTP_HOST("metricsProvider.httpHost", text(), "0.0.0.0", RESTART,
        "address of the metrics for Prometheus"),
    METRICS_HTTP_PORT("metricsProvider.httpPort", port(), "7000", RESTART,
        "port of the metrics for Prometheus; setting it opens it"),
    METRICS_JVM("metricsProvider.exportJvmInfo", flag(), "true", RESTART,
        "whether Prometheus is told of the JVM as well"),
    AUDIT("audit.enable", flag(), "false", RESTART,
        "a line of the log for each change that a client asks for, soon after the answer"),
    PATH_STATS("pathStats.enabled", flag(), "false", RESTART,
        "count which paths most requests name"),
    PATH_STATS_SHARE("pathStats.sampleRate", fraction(0, 1), "0.1", RESTART,
        "share of the requests that is counted"),
    PATH_STATS_SLOTS("pathStats.slotCapacity", number(1, 10_000), "60", RESTART,
        "slots of time for which counts are kept"),
    PATH_STATS_SLOT_LENGTH("pathStats.slotDuration", number(1, 1 << 20), "15", RESTART,
        "seconds of a slot"),
    PATH_STATS_DEPTH("pathStats.maxDepth", number(1, 1 << 20), "6", RESTART,
        "names of a path that are told apart; what lies deeper counts for them"),
    PATH_STATS_FIRST("pathStats.initialDelay", number(0, 1 << 20), "5", RESTART,
        "minutes from the start until the log tells the paths named most"),
    PATH_STATS_DELAY("pathStats.delay", number(1, 1 << 20), "5", RESTART,
        "minutes between two times"),
    PATH_STATS_TOP("pathStats.topPathMax", number(1, 10_000), "20", RESTART,
        "paths that are told, of reads and of writes"),

    // own keys
    THREADING("threading", oneOf("shared", "dedicated"), "shared", RESTART,
        "one thread for sockets and engine, or one each"),
    IDLE("idle", oneOf("block", "backoff", "yield", "spin"), "block", RESTART,
        "what a thread without work does"),
    SNAPSHOT_RATE("snapshotRateInKb", number(0, 1L << 22), "65536", RELOAD,
        "KB a second that a snapshot writes at most, so that it does not get in the way of writes; 0: no limit"),
    PEER_HEARTBEAT("peerHeartbeatMs", atLeast(1), "100", RESTART,
        "ms between heartbeats of the leader"),
    TREE_MEMORY("treeMemoryLimitInMb", number(-1, 1L << 24), "-1", RELOAD,
        "MB that znodes may take; a leader refuses creates and longer data beyond the smallest limit of its voters; " +
            "0: no limit; -1: what the machine or container has, less the heap and 128 MB, but at least half"),
    SLOW_REQUEST("slowRequestMs", atLeast(0), "1000", RELOAD,
        "requests that take longer get a line in the log that says where their time went; 0 is off"),
    PEER_TIMEOUT("peerTimeoutMs", atLeast(1), "1000", RESTART,
        "ms of silence until a server counts as gone");

    /** When a changed value takes effect. */
    enum Effect
    {
        /** At the next start. */
        RESTART,
        /** When the server reads its configuration file again. */
        RELOAD
    }

    /** Prefix of the system properties. */
    public static final String PREFIX = "zookeeper.";

    private final KnownKey known;
    private final Effect effect;

    ServerProperty(
        final String key, final ValueRule rule, final String defaultValue, final Effect effect, final String meaning)
    {
        this.known = new KnownKey(key, rule, defaultValue, Reaction.HONOURED, meaning);
        this.effect = effect;
    }

    /** Creates a property that is read but does not do what ZooKeeper does with it. */
    ServerProperty(
        final String key, final ValueRule rule, final String defaultValue, final Reaction reaction,
        final String meaning)
    {
        this.known = new KnownKey(key, rule, defaultValue, reaction, meaning);
        this.effect = Effect.RESTART;
    }

    /** The entry of the key in the list of known keys. */
    KnownKey known()
    {
        return known;
    }

    /**
     * The name in zoo.cfg.
     *
     * @return the key, or a pattern.
     */
    public String key()
    {
        return known.key();
    }

    /**
     * The value that holds when the key is not set.
     *
     * @return text, or null when there is none.
     */
    public String defaultValue()
    {
        return known.defaultValue();
    }

    /**
     * Whether a changed value takes effect when the server reads its configuration file again.
     *
     * @return false when it needs a restart.
     */
    public boolean isReloadable()
    {
        return effect == Effect.RELOAD;
    }
}
