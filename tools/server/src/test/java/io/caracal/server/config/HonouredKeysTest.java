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
 * Names, for each honoured key, a test that shows its effect, so that no key is only claimed to work. Where only a
 * simulated ensemble can show the effect without waiting for real time, there are two tests: one that the value arrives
 * in the settings of the engine, and one of what the engine does with it. Tests may be in other modules: they are
 * looked up in the source tree by class, or folder and class, and method.
 */
class HonouredKeysTest
{
    private static final Map<ServerProperty, List<String>> TESTS = new EnumMap<>(ServerProperty.class);
    /** Matches a test method up to its name; arguments of annotations may stand in between. */
    private static final String ANNOTATED = "@(Test|ParameterizedTest)\\b(?:(?!void )[^;])*void ";

    static
    {
        test(ServerProperty.DATA_DIR,
            "ServerTest#shouldServeAClientAndKeepItsDataOverARestart");
        test(ServerProperty.DATA_LOG_DIR,
            "ServerKeysTest#shouldKeepTheLogWhereItIsTold");
        test(ServerProperty.DATADIR_AUTOCREATE,
            "ServerTest#shouldRefuseToCreateADirectoryWhenToldSo");
        test(ServerProperty.CLIENT_PORT,
            "ServerTest#shouldRefuseAPortInUse");
        test(ServerProperty.CLIENT_PORT_ADDRESS,
            "UnusualServerTest#shouldListenWhereItIsTold");
        test(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG,
            "WiringTest#shouldLetNoMoreConnectionsWaitThanItIsTold");
        test(ServerProperty.MAX_CLIENT_CNXNS,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.MAX_CNXNS,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CLIENT_TCP_KEEP_ALIVE,
            "UnusualServerTest#shouldHaveTheSystemAskWhetherClientsLive");
        test(ServerProperty.SESSIONLESS_TIMEOUT,
            "UnusualServerTest#shouldCloseConnectionsThatBeginNoSession");
        test(ServerProperty.JUTE_MAX_BUFFER,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        test(ServerProperty.TICK_TIME,
            "UnusualServerTest#shouldGrantTimeoutsInTicks");
        test(ServerProperty.MIN_SESSION_TIMEOUT,
            "limits/LimitsTest#shouldTakeWhatItIsToldToTakeAndNoMore");
        test(ServerProperty.MAX_SESSION_TIMEOUT,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.GLOBAL_OUTSTANDING_LIMIT,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.LARGE_REQUEST_MAX_BYTES,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.LARGE_REQUEST_THRESHOLD,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_TOKENS,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_FILL_TIME,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_FILL_COUNT,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_FREEZE_TIME,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_DROP_INCREASE,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_DROP_DECREASE,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_DECREASE_RATIO,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_WEIGHTS,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_WEIGHT_GLOBAL,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_WEIGHT_RENEW,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONNECTION_WEIGHT_LOCAL,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.EXTENDED_TYPES,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        test(ServerProperty.EMULATE_353_TTL,
            "WiringTest#shouldReadTheTtlsOfAnOldReleaseWhenToldSo",
            "OldTtlTest#shouldBeTakenOverAndReaped");
        test(ServerProperty.CONTAINER_INTERVAL,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONTAINER_PER_MINUTE,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.CONTAINER_NEVER_USED,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.ENFORCE_QUOTA,
            "UnusualServerTest#shouldRefuseWritesBeyondAHardQuota");
        test(ServerProperty.DIGEST_ENABLED,
            "UnusualServerTest#shouldKeepNoDigest");
        test(ServerProperty.SKIP_ACL,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        test(ServerProperty.DIGEST_SCHEME,
            "limits/LimitsTest#shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo");
        test(ServerProperty.DIGEST_ALGORITHM,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        test(ServerProperty.SUPER_DIGEST,
            "OfficialLifeTest#shouldLetTheSuperUserDoAnything");
        test(ServerProperty.ENFORCE_AUTH,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        test(ServerProperty.ENFORCE_SCHEMES,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        test(ServerProperty.ENSEMBLE_AUTH,
            "limits/LimitsTest#shouldServeOnlyThoseWhoSayWhoTheyAre");
        test(ServerProperty.FORCE_SYNC,
            "UnusualServerTest#shouldAnswerBeforeTheDiskHasForced",
            "TrustMarkTest#shouldNotTrustAnUnforcedDiskAfterAnotherBootUntilItIsSynchronized");
        test(ServerProperty.FSYNC_WARNING,
            "ServerMainTest#shouldReadItsConfigurationAgainOnASignal",
            "ServerEventsTest#shouldWarnOfForcesThatAreSlowerThanTold");
        test(ServerProperty.SNAP_COUNT,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.SNAP_SIZE_LIMIT,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.PURGE_RETAIN,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.PURGE_INTERVAL,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.SERVERS,
            "ServerEnsembleTest#shouldServeThroughEveryMemberAndOutliveTheEndOfItsLeader");
        test(ServerProperty.STANDALONE_ENABLED,
            "ServerEnsembleTest#shouldCallTheOnlyVoterALeaderWhenStandaloneIsOff");
        test(ServerProperty.INIT_LIMIT,
            "WiringTest#shouldHandOnWhatIsSet",
            "MemberTimesTest#shouldGiveUpASynchronizationThatStandsStillForTheLeadersInitLimit",
            "EnsembleTimeoutTest#shouldGiveUpASynchronizationThatStandsStillWhileHeartbeatsFlow");
        test(ServerProperty.SYNC_LIMIT,
            "WiringTest#shouldHandOnWhatIsSet",
            "MemberTimesTest#shouldStepAsideWhenTheDiskHangsForLongerThanTheOwnSyncLimit",
            "EnsembleDiskTest#shouldMakeALeaderWhoseForcesHangHandOver");
        test(ServerProperty.PEER_TYPE,
            "ServerKeysTest#shouldSayWhenTheTypeOfAPeerContradictsItsLine");
        test(ServerProperty.QUORUM_LISTEN_ALL,
            "ServerKeysTest#shouldBelongToTheEnsembleOfTheFileThatItIsTold");
        test(ServerProperty.PORT_ATTEMPTS,
            "QuorumPortsTest#shouldTryAgainUntilThePortCanBeHad",
            "PortAttemptsTest#shouldGiveUpAfterTheLastAttempt");
        test(ServerProperty.DYNAMIC_CONFIG_FILE,
            "ServerKeysTest#shouldBelongToTheEnsembleOfTheFileThatItIsTold");
        test(ServerProperty.FOUR_LETTER_WORDS,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.ADMIN_ENABLE,
            "ServerKeysTest#shouldOpenNoAdminServerWhenToldSo");
        test(ServerProperty.ADMIN_ADDRESS,
            "ServerKeysTest#shouldServeCommandsWhereItIsTold");
        test(ServerProperty.ADMIN_PORT,
            "AdminServerTest#shouldNotStartWhenThePortThatWasAskedForIsTaken");
        test(ServerProperty.ADMIN_IDLE_TIMEOUT,
            "ServerMainTest#shouldTakeAStateThatIsSentToItAndGoOn");
        test(ServerProperty.ADMIN_COMMAND_URL,
            "ServerKeysTest#shouldServeCommandsWhereItIsTold");
        test(ServerProperty.ADMIN_SNAPSHOT,
            "ServerKeysTest#shouldTakeNoSnapshotOverHttpWhenToldSo");
        test(ServerProperty.ADMIN_RESTORE,
            "ServerKeysTest#shouldTakeNoRestoreOverHttpWhenToldSo");
        test(ServerProperty.ADMIN_RATE_LIMITER,
            "ServerKeysTest#shouldTakeSnapshotsAsOftenAsItIsTold");
        test(ServerProperty.METRICS_PROVIDER,
            "ServerKeysTest#shouldOpenThePortOfTheMetricsForTheProviderOfZooKeeper");
        test(ServerProperty.METRICS_HTTP_HOST,
            "ServerKeysTest#shouldOpenThePortOfTheMetricsForTheProviderOfZooKeeper");
        test(ServerProperty.METRICS_HTTP_PORT,
            "AdminServerTest#shouldTellPrometheusUnderTheNamesOfZooKeeper");
        test(ServerProperty.METRICS_JVM,
            "ServerKeysTest#shouldTellPrometheusNothingOfTheJvmWhenToldSo");
        test(ServerProperty.AUDIT,
            "AuditAsZooKeeperTest#shouldWriteTheLinesOfZooKeeper");
        test(ServerProperty.PATH_STATS,
            "PathKeysTest#shouldCountPathsAsItIsTold",
            "PathKeysTest#shouldCountNothingUnlessToldTo");
        test(ServerProperty.PATH_STATS_SHARE,
            "PathKeysTest#shouldCountPathsAsItIsTold");
        test(ServerProperty.PATH_STATS_SLOTS,
            "PathKeysTest#shouldHandOnWhatIsSet",
            "HotPathsTest#shouldForgetTheOldestSlots");
        test(ServerProperty.PATH_STATS_SLOT_LENGTH,
            "PathKeysTest#shouldHandOnWhatIsSet",
            "HotPathsTest#shouldForgetTheOldestSlots");
        test(ServerProperty.PATH_STATS_DEPTH,
            "PathKeysTest#shouldCountPathsAsItIsTold");
        test(ServerProperty.PATH_STATS_FIRST,
            "PathKeysTest#shouldHandOnWhatIsSet");
        test(ServerProperty.PATH_STATS_DELAY,
            "PathKeysTest#shouldHandOnWhatIsSet");
        test(ServerProperty.PATH_STATS_TOP,
            "PathKeysTest#shouldCountPathsAsItIsTold");
        test(ServerProperty.THREADING,
            "UnusualServerTest#shouldServeSocketsOnThreadsOfTheirOwn");
        test(ServerProperty.IDLE,
            "UnusualServerTest#shouldWaitInTheWayItIsTold",
            "ThreadingMatrixTest#shouldServeClientsInEveryMode");
        test(ServerProperty.SNAPSHOT_RATE,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.PEER_HEARTBEAT,
            "WiringTest#shouldHandOnWhatIsSet",
            "MemberTimesTest#shouldTakeALeaderForSilentByTheOwnTimeOut",
            "EnsembleSilenceTest#shouldLeaveALeaderWhoseHeartbeatsAreFurtherApartThanIsBorne");
        test(ServerProperty.TREE_MEMORY,
            "ReloadedKeysTest#shouldActOnTheNewValue",
            "WiringTest#shouldHandOnWhatIsSet");
        test(ServerProperty.SLOW_REQUEST,
            "ReloadedKeysTest#shouldActOnTheNewValue");
        test(ServerProperty.PEER_TIMEOUT,
            "WiringTest#shouldHandOnWhatIsSet",
            "MemberTimesTest#shouldTakeALeaderForSilentByTheOwnTimeOut",
            "EnsembleSilenceTest#shouldBearLongerSilenceAfterAFalseAlarm");
    }

    private static void test(final ServerProperty key, final String... tests)
    {
        TESTS.put(key, List.of(tests));
    }

    @Test
    void shouldHaveATestForEachKey() throws IOException
    {
        final Set<ServerProperty> honoured = EnumSet.noneOf(ServerProperty.class);
        Arrays.stream(ServerProperty.values()).filter(key -> key.known().reaction() == Reaction.HONOURED)
            .forEach(honoured::add);
        assertEquals(honoured, TESTS.keySet(), "keys that are honoured, and keys with a test");

        final Map<String, String> sources = sources(root());
        final List<String> missing = TESTS.entrySet().stream().flatMap(entry -> entry.getValue().stream()
            .filter(test -> !isThere(test, sources)).map(test -> entry.getKey().key() + ": " + test)).toList();
        assertEquals(List.of(), missing, "keys whose test is not there");
    }

    private static boolean isThere(final String test, final Map<String, String> sources)
    {
        final String[] parts = test.split("#", -1);
        final String end = "/" + parts[0] + ".java";
        final Pattern method = Pattern.compile(ANNOTATED + parts[1] + "\\(");
        return sources.entrySet().stream()
            .anyMatch(source -> source.getKey().endsWith(end) && method.matcher(source.getValue()).find());
    }

    /** Returns the root of the source tree: the parent directory that contains all modules. */
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
