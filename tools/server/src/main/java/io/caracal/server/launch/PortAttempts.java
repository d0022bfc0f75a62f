/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.security.Security;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Tries again when what the own server line names cannot be had: where a machine or container has just started, its
 * name or its address may come a moment later, and an older process may still hold the ports.
 */
public final class PortAttempts
{
    /** As ZooKeeper. */
    private static final long PAUSE_MS = 1_000;

    private final Logger log;
    private final int attemptsMax;
    private final Pause pause;

    /** Waits. */
    @FunctionalInterface
    interface Pause
    {
        /** So long. */
        void await(long ms) throws InterruptedException;
    }

    /**
     * @param log         is warned of each attempt that failed and is not the last.
     * @param attemptsMax 0: as many as it takes.
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
     * Has the JVM ask again after a second for a name that was not known, and not after ten. For the whole JVM, so for
     * a process that is a server and nothing else, and before anything is looked up.
     */
    public static void forgetUnknownNames()
    {
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /**
     * Makes something of the own server line.
     *
     * @param making fails with {@link ExitCode#QUORUM_PORT} when another attempt may help.
     * @return what it made.
     * @throws InterruptedException between two attempts.
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
