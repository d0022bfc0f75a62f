/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link FleetWorker} in a process of its own. The worker ends when its input ends, after it has done what it was
 * told. When this process is ended, the worker is killed, because it would wait for servers that are gone.
 */
final class FleetProcess implements AutoCloseable
{
    private static final long END_TIMEOUT_S = 60;

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private final Thread onExit;

    FleetProcess(final List<String> command) throws IOException
    {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        onExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Writes one line. A worker that no longer reads has already answered why. */
    void tell(final String line) throws IOException
    {
        try
        {
            orders.write(line);
            orders.newLine();
            orders.flush();
        }
        catch (final IOException ex)
        {
            throw new FleetException("a part of the crowd ended with: " + answers.readLine(), ex);
        }
    }

    /**
     * Waits for an answer that begins with a word and returns the rest of it. The wait has no limit of its own, because
     * fleets give up by themselves.
     */
    String answer(final String expected) throws IOException
    {
        final String line = answers.readLine();
        if (line == null || !line.startsWith(expected))
        {
            throw new FleetException("a part of the crowd answered \"" + line + "\" in place of " + expected);
        }

        return line.substring(expected.length()).trim();
    }

    /** Ends the worker. If it still reads its input, it ends its sessions first. */
    @Override
    public void close() throws IOException
    {
        try
        {
            orders.close();
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                throw new FleetException("a part of the crowd does not end");
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted while a part of the crowd ends", ex);
        }
        finally
        {
            process.destroyForcibly();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
