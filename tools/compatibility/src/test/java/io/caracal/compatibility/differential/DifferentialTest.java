/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DifferentialTest
{
    private static final long SEED = Long.getLong("caracal.differential.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("caracal.differential.programs", 1500);
    private static final int HARNESS_PROGRAMS = 150;
    private static final int EXTRA_SEED = 500_000_000;

    static List<ServerKind> caracals()
    {
        return ServerKind.caracals();
    }

    /** Everything on. */
    private static ServerSettings rich()
    {
        return new ServerSettings().with("tickTime", "10000").with("enforceQuota", "true").with(
                "DigestAuthenticationProvider.superDigest", Vocabulary.SUPER_DIGEST);
    }

    /** As shipped. */
    private static ServerSettings plain()
    {
        return new ServerSettings().with("tickTime", "10000").without("extendedTypesEnabled");
    }

    @Test
    void shouldFindNoDifferenceBetweenTwoZooKeepers() throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(rich()); ServerUnderTest right = ServerKind.ZOOKEEPER
                .launch(rich()))
        {
            duel(left, right, SEED, HARNESS_PROGRAMS);
        }
    }

    @Test
    void shouldFindAPlantedDifferenceAndMinimizeIt() throws IOException
    {
        try (ServerUnderTest server = ServerKind.ZOOKEEPER.launch(rich()); ServerUnderTest bent = ServerKind.ZOOKEEPER
                .launch(rich()); DuelProxy proxy = new DuelProxy(bent.address(), -111, -101); Duel duel = new Duel(
                        server.address(), proxy.address()))
        {
            Duel.Divergence found = null;

            for (long seed = SEED; found == null && seed < SEED + HARNESS_PROGRAMS; seed++)
            {
                found = duel.perform(ProgramGenerator.program(seed));
            }

            assertNotNull(found, "a changed error code went unnoticed in " + HARNESS_PROGRAMS + " programs");
            final Duel.Divergence minimal = new Minimizer(duel).minimize(found);
            assertTrue(minimal.toString().contains("err=-111") && minimal.toString().contains("err=-101"), minimal
                    .toString());
            assertTrue(minimal.program().steps().size() <= 6, minimal.toString());
            assertEquals(found.program().seed(), minimal.program().seed());
        }
    }

    @ParameterizedTest
    @MethodSource("caracals")
    void shouldAnswerAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(rich()); ServerUnderTest right = kind.launch(rich()))
        {
            duel(left, right, SEED, PROGRAMS);
        }
    }

    @ParameterizedTest
    @MethodSource("caracals")
    void shouldAnswerAsZooKeeperDoesWithDefaultSettings(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest left = ServerKind.ZOOKEEPER.launch(plain()); ServerUnderTest right = kind.launch(plain()))
        {
            duel(left, right, SEED + EXTRA_SEED, PROGRAMS / 5);
        }
    }

    private static void duel(final ServerUnderTest left, final ServerUnderTest right, final long firstSeed,
            final int programs) throws IOException
    {
        try (Duel duel = new Duel(left.address(), right.address()))
        {
            for (int i = 0; i < programs; i++)
            {
                final Duel.Divergence found = duel.perform(ProgramGenerator.program(firstSeed + i));

                if (found != null)
                {
                    fail("after " + i + " programs, left " + left + ", right " + right + "\nas found: " + found +
                            "\nminimal: " + new Minimizer(duel).minimize(found));
                }
            }

            System.out.println("differential: " + programs + " programs from seed " + firstSeed + ", " + left +
                    " and " + right + " agree");
        }
    }
}
