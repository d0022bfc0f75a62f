/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * For each key that is honoured the test that shows what it does, so that none is only said to be. Tests may lie in
 * other modules: they are looked up in the source tree, as class, or folder and class, and method.
 */
class HonouredKeysTest
{
    private static final Map<ServerProperty, String> TESTS = new EnumMap<>(ServerProperty.class);
    /** A test method up to its name; arguments of annotations may stand between. */
    private static final String ANNOTATED = "@(Test|ParameterizedTest)\\b(?:(?!void )[^;])*void ";

    static
    {
        TESTS.put(ServerProperty.DATA_DIR,
            "ServerTest#shouldServeAClientAndKeepItsDataOverARestart");
        TESTS.put(ServerProperty.DATA_LOG_DIR,
            "ServerKeysTest#shouldKeepTheLogWhereItIsTold");
        TESTS.put(ServerProperty.DATADIR_AUTOCREATE,
            "ServerTest#shouldRefuseToCreateADirectoryWhenToldSo");
        TESTS.put(ServerProperty.CLIENT_PORT,
            "ServerTest#shouldRefuseAPortInUse");
        TESTS.put(ServerProperty.CLIENT_PORT_ADDRESS,
            "ServerTest#shouldSayThatAnAddressIsNotOfThisMachine");
        TESTS.put(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.MAX_CLIENT_CNXNS,
            "ServerReloadTest#shouldTakeOverTheLimitOfConnections");
        TESTS.put(ServerProperty.MAX_CNXNS,
            "limits/LimitsTest#shouldCountConnectionsByAddressAndInAll");
        TESTS.put(ServerProperty.CLIENT_TCP_KEEP_ALIVE,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.SESSIONLESS_TIMEOUT,
            "BadInputTest#shouldShutOutThoseWhoNeverFinishTheHandshake");
        TESTS.put(ServerProperty.JUTE_MAX_BUFFER,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        TESTS.put(ServerProperty.TICK_TIME,
            "MembershipTest#shouldTakeTheLimitsOfZooKeeperInTicks");
        TESTS.put(ServerProperty.MIN_SESSION_TIMEOUT,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        TESTS.put(ServerProperty.MAX_SESSION_TIMEOUT,
            "ServerReloadTest#shouldGrantTimeoutsOfTheNewLimit");
        TESTS.put(ServerProperty.GLOBAL_OUTSTANDING_LIMIT,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        TESTS.put(ServerProperty.LARGE_REQUEST_MAX_BYTES,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        TESTS.put(ServerProperty.LARGE_REQUEST_THRESHOLD,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        TESTS.put(ServerProperty.CONNECTION_TOKENS,
            "ServerReloadTest#shouldThrottleFromNowOn");
        TESTS.put(ServerProperty.CONNECTION_FILL_TIME,
            "ServerReloadTest#shouldThrottleFromNowOn");
        TESTS.put(ServerProperty.CONNECTION_FILL_COUNT,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_FREEZE_TIME,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_DROP_INCREASE,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_DROP_DECREASE,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_DECREASE_RATIO,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_WEIGHTS,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_WEIGHT_GLOBAL,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_WEIGHT_RENEW,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONNECTION_WEIGHT_LOCAL,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.EXTENDED_TYPES,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        TESTS.put(ServerProperty.EMULATE_353_TTL,
            "WiringTest#shouldReadTheTtlsOfAnOldReleaseWhenToldSo");
        TESTS.put(ServerProperty.CONTAINER_INTERVAL,
            "OfficialLifeTest#shouldRemoveContainersAndOldNodes");
        TESTS.put(ServerProperty.CONTAINER_PER_MINUTE,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.CONTAINER_NEVER_USED,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        TESTS.put(ServerProperty.ENFORCE_QUOTA,
            "differential/DifferenceTest#shouldDifferAsTheListSays");
        TESTS.put(ServerProperty.DIGEST_ENABLED,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.SKIP_ACL,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        TESTS.put(ServerProperty.DIGEST_SCHEME,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        TESTS.put(ServerProperty.DIGEST_ALGORITHM,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        TESTS.put(ServerProperty.SUPER_DIGEST,
            "OfficialLifeTest#shouldLetTheSuperUserDoAnything");
        TESTS.put(ServerProperty.ENFORCE_AUTH,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        TESTS.put(ServerProperty.ENFORCE_SCHEMES,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        TESTS.put(ServerProperty.ENSEMBLE_AUTH,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        TESTS.put(ServerProperty.FORCE_SYNC,
            "TrustMarkTest#shouldNotTrustAnUnforcedDiskAfterAnotherBootUntilItIsSynchronized");
        TESTS.put(ServerProperty.FSYNC_WARNING,
            "ServerEventsTest#shouldWarnOfForcesThatAreSlowerThanTold");
        TESTS.put(ServerProperty.SNAP_COUNT,
            "PurgeTest#shouldKeepThreeSnapshotsAndAllData");
        TESTS.put(ServerProperty.SNAP_SIZE_LIMIT,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.PURGE_RETAIN,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.PURGE_INTERVAL,
            "PurgeTest#shouldKeepThreeSnapshotsAndAllData");
        TESTS.put(ServerProperty.SERVERS,
            "MembershipTest#shouldTellVotersFromObservers");
        TESTS.put(ServerProperty.STANDALONE_ENABLED,
            "ServerEnsembleTest#shouldCallTheOnlyVoterALeaderWhenStandaloneIsOff");
        TESTS.put(ServerProperty.INIT_LIMIT,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.SYNC_LIMIT,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.PEER_TYPE,
            "ServerKeysTest#shouldSayWhenTheTypeOfAPeerContradictsItsLine");
        TESTS.put(ServerProperty.QUORUM_LISTEN_ALL,
            "WiringTest#shouldListenOnAllAddressesForOtherServersWhenToldSo");
        TESTS.put(ServerProperty.DYNAMIC_CONFIG_FILE,
            "MembershipTest#shouldReadServerLinesOfAFileOfTheirOwn");
        TESTS.put(ServerProperty.FOUR_LETTER_WORDS,
            "ServerReloadTest#shouldAnswerAWordOnceItIsPermitted");
        TESTS.put(ServerProperty.ADMIN_ENABLE,
            "ServerKeysTest#shouldOpenNoAdminServerWhenToldSo");
        TESTS.put(ServerProperty.ADMIN_ADDRESS,
            "ServerKeysTest#shouldServeCommandsWhereItIsTold");
        TESTS.put(ServerProperty.ADMIN_PORT,
            "AdminServerTest#shouldNotStartWhenThePortThatWasAskedForIsTaken");
        TESTS.put(ServerProperty.ADMIN_IDLE_TIMEOUT,
            "HttpLimitsTest#shouldTellTheServerOfTheJdkHowLongAConnectionMayBeIdle");
        TESTS.put(ServerProperty.ADMIN_COMMAND_URL,
            "ServerKeysTest#shouldServeCommandsWhereItIsTold");
        TESTS.put(ServerProperty.ADMIN_SNAPSHOT,
            "ServerKeysTest#shouldTakeNoSnapshotOverHttpWhenToldSo");
        TESTS.put(ServerProperty.ADMIN_RESTORE,
            "ServerKeysTest#shouldTakeNoRestoreOverHttpWhenToldSo");
        TESTS.put(ServerProperty.ADMIN_RATE_LIMITER,
            "ServerKeysTest#shouldTakeSnapshotsAsOftenAsItIsTold");
        TESTS.put(ServerProperty.METRICS_PROVIDER,
            "ServerKeysTest#shouldOpenThePortOfTheMetricsForTheProviderOfZooKeeper");
        TESTS.put(ServerProperty.METRICS_HTTP_HOST,
            "ServerKeysTest#shouldOpenThePortOfTheMetricsForTheProviderOfZooKeeper");
        TESTS.put(ServerProperty.METRICS_HTTP_PORT,
            "AdminServerTest#shouldTellPrometheusUnderTheNamesOfZooKeeper");
        TESTS.put(ServerProperty.METRICS_JVM,
            "ServerKeysTest#shouldTellPrometheusNothingOfTheJvmWhenToldSo");
        TESTS.put(ServerProperty.AUDIT,
            "AuditAsZooKeeperTest#shouldWriteTheLinesOfZooKeeper");
        TESTS.put(ServerProperty.THREADING,
            "ThreadingMatrixTest#shouldServeClientsInEveryMode");
        TESTS.put(ServerProperty.IDLE,
            "ThreadingMatrixTest#shouldServeClientsInEveryMode");
        TESTS.put(ServerProperty.SNAPSHOT_RATE,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.PEER_HEARTBEAT,
            "WiringTest#shouldHandOnWhatIsSet");
        TESTS.put(ServerProperty.SLOW_REQUEST,
            "SlowDiskTest#shouldTellWhereTheTimeOfASlowRequestWent");
        TESTS.put(ServerProperty.PEER_TIMEOUT,
            "WiringTest#shouldHandOnWhatIsSet");
    }

    @Test
    void shouldHaveATestForEachKey() throws IOException
    {
        final Set<ServerProperty> honoured = EnumSet.noneOf(ServerProperty.class);
        Arrays.stream(ServerProperty.values()).filter(key -> key.reaction() == Reaction.HONOURED).forEach(
            honoured::add);
        assertEquals(honoured, TESTS.keySet(), "keys that are honoured, and keys with a test");

        final Map<String, String> sources = sources(root());
        final List<String> missing = TESTS.entrySet().stream().filter(entry -> !isThere(entry.getValue(), sources)).map(
            entry -> entry.getKey().key() + ": " + entry.getValue()).toList();
        assertEquals(List.of(), missing, "keys whose test is not there");
    }

    private static boolean isThere(final String test, final Map<String, String> sources)
    {
        final String[] parts = test.split("#", -1);
        final String end = "/" + parts[0] + ".java";
        final Pattern method = Pattern.compile(ANNOTATED + parts[1] + "\\(");
        return sources.entrySet().stream().anyMatch(source -> source.getKey().endsWith(end) && method.matcher(source
            .getValue()).find());
    }

    /** The source tree: the directory above that holds all modules. */
    private static Path root()
    {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve("tools/server/src")))
        {
            directory = directory.getParent();
        }

        assertTrue(directory != null, "the test runs within the source tree");
        return directory;
    }

    private static Map<String, String> sources(final Path root) throws IOException
    {
        final Map<String, String> sources = new HashMap<>();
        for (final Path module : modules(root))
        {
            final Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests))
            {
                try (Stream<Path> files = Files.walk(tests))
                {
                    for (final Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList())
                    {
                        sources.put(file.toString(), Files.readString(file));
                    }
                }
            }
        }

        return sources;
    }

    private static List<Path> modules(final Path root) throws IOException
    {
        try (Stream<Path> top = Files.list(root); Stream<Path> tools = Files.list(root.resolve("tools")))
        {
            return Stream.concat(top, tools).filter(Files::isDirectory).toList();
        }
    }
}
