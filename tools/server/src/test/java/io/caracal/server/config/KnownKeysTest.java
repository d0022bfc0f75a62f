/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest
{
    @Test
    void shouldAcceptTheirOwnDefaultsAndBeThereOnce()
    {
        for (final KnownKey known : KnownKeys.all())
        {
            assertTrue(known.defaultValue() == null || known.accepts(known.defaultValue()), known.key());
            assertTrue(known.isPattern() || known.equals(KnownKeys.of(known.key())), known.key());
        }
        assertEquals(KnownKeys.all().size(), KnownKeys.all().stream().map(KnownKey::key).distinct().count());
    }

    @Test
    void shouldHaveEachKeyWhereItsReactionSays()
    {
        assertTrue(Arrays.stream(ServerProperty.values())
            .allMatch(property -> KnownKeys.property(property.key()) == property || property.known().isPattern()));
        assertNull(KnownKeys.property("flushDelay"));
        assertEquals(ServerProperty.SERVERS, KnownKeys.property("server.3"));
    }

    @Test
    void shouldPreferTheLineOfItsOwn()
    {
        assertEquals("admin.serverPort", KnownKeys.of("admin.serverPort").key());
        assertEquals("admin.*", KnownKeys.of("admin.somethingElse").key());
        assertEquals("server.N", KnownKeys.of("server.17").key());
        assertEquals("authProvider.N", KnownKeys.of("authProvider.1").key());
        assertEquals("authProvider.*", KnownKeys.of("authProvider.sasl").key());
        assertNull(KnownKeys.of("server.x"));
        assertNull(KnownKeys.of("server."));
        assertNull(KnownKeys.of("server.N"));
        assertNull(KnownKeys.of("admin.*x".substring(0, 6)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "dataDir", "dataLogDir", "clientPort", "clientPortAddress", "secureClientPort",
        "secureClientPortAddress", "observerMasterPort", "clientPortListenBacklog", "tickTime", "initLimit",
        "syncLimit",
        "connectToLearnerMasterLimit", "minSessionTimeout", "maxSessionTimeout", "maxClientCnxns", "electionAlg",
        "quorumListenOnAllIPs", "peerType", "syncEnabled", "localSessionsEnabled", "localSessionsUpgradingEnabled",
        "dynamicConfigFile", "standaloneEnabled", "reconfigEnabled", "autopurge.snapRetainCount",
        "autopurge.purgeInterval", "sslQuorum", "portUnification", "sslQuorumReloadCertFiles", "server.1", "group.1",
        "weight.1", "version", "quorum.auth.enableSasl", "quorum.auth.learnerRequireSasl",
        "quorum.auth.serverRequireSasl", "quorum.auth.learner.saslLoginContext", "quorum.auth.server.saslLoginContext",
        "quorum.auth.kerberos.servicePrincipal", "quorum.cnxn.threads.size", "jvm.pause.monitor",
        "jvm.pause.warn-threshold.ms", "jvm.pause.info-threshold.ms", "jvm.pause.sleep.time.ms",
        "metricsProvider.className", "metricsProvider.httpPort", "multiAddress.enabled",
        "multiAddress.reachabilityCheckTimeoutMs", "multiAddress.reachabilityCheckEnabled", "oraclePath",
        "4lw.commands.whitelist", "admin.enableServer", "admin.serverAddress", "admin.serverPort", "admin.idleTimeout",
        "admin.commandURL", "admin.httpVersion", "admin.portUnification", "admin.forceHttps", "admin.needClientAuth",
        "admin.snapshot.enabled", "admin.restore.enabled", "admin.rateLimiterIntervalInMS", "pathStats.enabled",
        "pathStats.slotCapacity", "pathStats.slotDuration", "pathStats.maxDepth", "pathStats.sampleRate",
        "pathStats.initialDelay", "pathStats.delay", "pathStats.topPathMax", "audit.enable", "audit.impl.class",
        "jmx.log4j.disable", "jmx.log4j.mbean", "controllerPort", "jute.maxbuffer", "jute.maxbuffer.extrasize",
        "readonlymode.enabled", "intBufferStartingSizeBytes", "nio.directBufferBytes",
        "commitProcessor.maxReadBatchSize",
        "forceSnapshotSync", "testingonly.initialZxid", "test.allowDiscontinuousProposals", "messageTracker.Enabled",
        "kinit", "kerberos.minReLoginTimeMs", "sasl.serverconfig", "configuration", "java.security.auth.login.config",
        "sasl.client", "sasl.clientconfig", "sasl.client.username", "sasl.client.canonicalize.hostname", "server.realm",
        "server.principal", "client.secure", "clientCnxnSocket", "disableAutoWatchReset", "request.timeout",
        "threading", "idle", "peerHeartbeatMs", "peerTimeoutMs",
        // of releases before the last
        "traceFile", "requestTraceFile", "ipReachableTimeout", "leader.maxConcurrentSnapshots",
        "leader.maxConcurrentSnapshotTimeout" })
    void shouldKnowTheKeysOfZooKeeper(final String key)
    {
        assertNotNull(KnownKeys.of(key), key);
    }
}
