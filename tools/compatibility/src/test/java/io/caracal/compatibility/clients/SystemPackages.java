/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import io.caracal.compatibility.ChildJvm;
import java.util.List;

/**
 * Guards tests that need packages of the operating system. Where they are missing, a test is skipped by name; in CI it
 * fails.
 */
public final class SystemPackages
{
    private static final long TIMEOUT_MS = 120_000;

    private SystemPackages()
    {
    }

    /** Runs a command whose exit code says whether the packages are installed. */
    public static void require(final String test, final String packages, final List<String> command)
    {
        if (succeeds(test, command))
        {
            return;
        }

        final String message = "left out: " + test + " (needs the packages " + packages + ")";

        if ("true".equals(System.getenv("CI")))
        {
            throw new AssertionError(message);
        }

        System.out.println(message);
        abort(message);
    }

    private static boolean succeeds(final String test, final List<String> command)
    {
        try (ChildJvm probe = ChildJvm.startProgram("probe-" + test, command))
        {
            return probe.awaitExit(TIMEOUT_MS) == 0;
        }
        catch (final java.io.UncheckedIOException ex)
        {
            System.out.println(test + ": " + ex.getCause().getMessage());
            return false;
        }
    }
}
