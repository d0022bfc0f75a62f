/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.security.Security;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Retries when the address or a port of this server's own line is not available. On a machine or in a container that
 * has just started, the name or the address may appear a moment later, and an older process may still hold the ports.
 */
public final class PortAttempts
{
    /** The same pause as in ZooKeeper. */
    private static final long PAUSE_MS = 1_000;

    private final Logger log;
    private final int attemptsMax;
    private final Pause pause;

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause
    {
        /** Waits for this long. */
        void await(long ms) throws InterruptedException;
    }

    /**
     * @param log         gets a warning about each failed attempt except the last.
     * @param attemptsMax 0 means no limit.
     */
    public PortAttempts(final Logger log, final int attemptsMax)
    {
        this(log, attemptsMax, TimeUnit.MILLISECONDS::sleep);
    }

    PortAttempts(final Logger log, final int attemptsMax, final Pause pause)
    {
        this.log = log;
        this.attemptsMax = attemptsMax;
        this.pause = pause;
    }

    /**
     * Makes the JVM look up an unknown name again after one second instead of ten. This holds for the whole JVM, so it
     * is only for a process that is a server and nothing else. Must be called before the first lookup.
     */
    public static void forgetUnknownNames()
    {
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /**
     * Tries to make something from this server's own line until it succeeds or the attempts are used up.
     *
     * @param making fails with {@link ExitCode#QUORUM_PORT} when another attempt may help.
     * @return what it made.
     * @throws InterruptedException when interrupted between two attempts.
     */
    public <T> T first(final Supplier<T> making) throws InterruptedException
    {
        for (int attempt = 1; attempt != attemptsMax; attempt++)
        {
            try
            {
                return making.get();
            }
            catch (final LaunchException ex)
            {
                if (ex.exitCode() != ExitCode.QUORUM_PORT)
                {
                    throw ex;
                }

                log.warn("attempt {}{} in vain, the next one follows in a second: {}", attempt, attemptsMax == 0 ? "" :
                    " of " + attemptsMax, ex.getMessage());
            }
            pause.await(PAUSE_MS);
        }

        return making.get();
    }
}
