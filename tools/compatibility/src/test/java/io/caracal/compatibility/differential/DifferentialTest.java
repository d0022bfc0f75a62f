/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DifferentialTest
{
    private static final long SEED = Long.getLong("caracal.differential.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("caracal.differential.programs", 1000);
    private static final long HARNESS_SEED = 1;
    private static final int DIFFERENCES_MAX = Integer.getInteger("caracal.differential.differences", 3);
    private static final int HARNESS_PROGRAMS = 400;
    private static final int EXTRA_SEED = 500_000_000;
    private static final int ENSEMBLE_SEED = 1_000_000_000;
    private static final int ENSEMBLE_PROGRAMS = Integer.getInteger("caracal.differential.ensemble.programs", 300);

    static List<ServerKind> caracals()
    {
        return ServerKind.caracals();
    }

    /**
     * Settings under which nothing happens by itself: no session expires during a program, and no container is looked
     * for.
     */
    private static ServerSettings quiet()
    {
        return new ServerSettings().with("tickTime", "10000").with("znode.container.checkIntervalMs", "1000000000");
    }

    /** Settings with everything switched on. */
    private static ServerSettings rich()
    {
        return quiet().with("enforceQuota", "true").with("DigestAuthenticationProvider.superDigest",
            Vocabulary.SUPER_DIGEST);
    }

    /** Settings as shipped. */
    private static ServerSettings plain()
    {
        return quiet().without("extendedTypesEnabled");
    }

    /** Gives each kind of server programs of its own: together they try more than if all had the same. */
    private static long firstSeed(final ServerKind kind)
    {
        return SEED + (long)caracals().indexOf(kind) * PROGRAMS;
    }

    @Test
    void shouldFindNoDifferenceBetweenTwoZooKeepers() throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(rich());
            ServerUnderTest right =
                ServerKind.ZOOKEEPER.launch(rich()))
        {
            assertReach(duel(left, right, HARNESS_SEED, HARNESS_PROGRAMS));

            if (SEED != HARNESS_SEED)
            {
                duel(left, right, SEED, PROGRAMS);
            }
        }
    }

    @Test
    void shouldFindAPlantedDifferenceAndMinimizeIt() throws IOException
    {
        try (ServerUnderTest server = ServerKind.ZOOKEEPER.launch(rich());
            ServerUnderTest bent =
                ServerKind.ZOOKEEPER.launch(rich());
            DuelProxy proxy = new DuelProxy(bent.address(), -111, -101);
            Duel duel = new Duel(server.members(), List.of(proxy.address())))
        {
            Duel.Divergence found = null;

            for (long seed = SEED; found == null && seed < SEED + HARNESS_PROGRAMS; seed++)
            {
                found = duel.perform(ProgramGenerator.program(seed));
            }

            assertNotNull(found, "a changed error code went unnoticed in " + HARNESS_PROGRAMS + " programs");
            final Duel.Divergence minimal = new Minimizer(duel).minimize(found);
            assertTrue(minimal.toString().contains("err=-111") && minimal.toString().contains("err=-101"),
                minimal.toString());
            assertTrue(minimal.program().steps().size() <= 6, minimal.toString());
            assertEquals(found.program().seed(), minimal.program().seed());
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldAnswerAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(rich()); ServerUnderTest right = kind.launch(rich()))
        {
            duel(left, right, firstSeed(kind), PROGRAMS);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldAnswerAsZooKeeperDoesWithDefaultSettings(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(plain()); ServerUnderTest right = kind.launch(plain()))
        {
            duel(left, right, firstSeed(kind) + EXTRA_SEED, PROGRAMS / 5);
        }
    }

    /**
     * Clients of one program use different members, and each session moves with each of its connections. Programs on
     * the root are left out, because an ensemble keeps its configuration there and a lone ZooKeeper has none.
     */
    @Test
    void shouldAnswerAsZooKeeperDoesThroughEveryMemberOfAnEnsemble() throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(rich());
            ServerUnderTest right = ServerKind.ENSEMBLE.launch(rich()))
        {
            duel(left, right, SEED + ENSEMBLE_SEED, ENSEMBLE_PROGRAMS);
        }
    }

    /**
     * Performs programs on both servers. After the first difference the trees may differ, so only programs with a
     * subtree of their own follow.
     */
    private static Set<String> duel(final ServerUnderTest left, final ServerUnderTest right, final long firstSeed,
        final int programs) throws IOException
    {
        final List<String> differences = new ArrayList<>();

        try (Duel duel = new Duel(left.members(), right.members()))
        {
            for (int i = 0; i < programs && differences.size() < DIFFERENCES_MAX; i++)
            {
                final Program program = ProgramGenerator.program(firstSeed + i);
                final boolean leaveOut = program.onRoot() && (!differences.isEmpty() || right.members().size() > 1);
                final Duel.Divergence found = leaveOut ? null : duel.perform(program);

                if (found != null)
                {
                    differences.add("program " + i + "\nas found: " + found + "\nminimal: " + new Minimizer(duel)
                        .minimize(found));
                }
            }

            assertTrue(differences.isEmpty(), () -> "left " + left + ", right " + right + "\n" + String.join("\n",
                differences));
            System.out.println("differential: " + programs + " programs from seed " + firstSeed + ", " + left +
                " and " + right + " agree");
            return duel.outcomes();
        }
    }

    /** Checks that programs reach operations and failures. Those that reach nothing would compare nothing. */
    private static void assertReach(final Set<String> outcomes)
    {
        final int[] operations = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18, 19, 21, 22, 100, 101, 102, 103,
            104,
            105, 106, 107, -11 };
        final String[] failures = { "1 -101", "1 -110", "1 -102", "1 -108", "1 -114", "1 -8", "1 -5", "1 -125",
            "2 -101",
            "2 -103", "2 -111", "2 -8", "2 -102", "3 -101", "4 -101", "4 -102", "5 -103", "5 -102", "5 -125", "7 -102",
            "7 -103", "7 -114", "13 -6", "14 -5", "16 -123", "18 -121", "22 -5", "100 -115", "106 -5" };

        for (final int operation : operations)
        {
            assertTrue(outcomes.contains("op=" + operation + " err=0"), operation + " never succeeded: " + outcomes);
        }

        for (final String failure : failures)
        {
            final List<String> parts = Texts.split(failure, ' ');
            assertTrue(outcomes.contains("op=" + parts.get(0) + " err=" + parts.get(1)), failure + " never happened: " +
                outcomes);
        }
    }
}
