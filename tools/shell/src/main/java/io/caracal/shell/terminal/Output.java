/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import io.caracal.server.console.ResultStream;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The output of a command that works with files. Results go to one stream, in bulk; progress goes to the other, at most
 * about once a second.
 */
public final class Output implements AutoCloseable
{
    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final ResultStream results;
    private final PrintStream out;
    private final PrintStream err;
    private boolean isQuiet;
    private long lastNs = System.nanoTime();

    /**
     * Creates an output.
     *
     * @param out takes results.
     * @param err takes progress and errors.
     */
    public Output(final OutputStream out, final OutputStream err)
    {
        this.results = new ResultStream(out);
        this.out = new PrintStream(new BufferedOutputStream(results, BUFFER_LENGTH), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** Stops the reports of progress. */
    public void quiet()
    {
        isQuiet = true;
    }

    /**
     * Writes a line of the result.
     *
     * @param line without its line end.
     */
    public void line(final String line)
    {
        out.println(line);
    }

    /**
     * Returns a writer for results that come as text, such as help.
     *
     * @return writes to where results go.
     */
    public PrintWriter writer()
    {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /**
     * Reports what went wrong and what to do.
     *
     * @param message one line.
     */
    public void error(final String message)
    {
        out.flush();
        err.println(message);
    }

    /**
     * Reports progress.
     *
     * @param what  is counted.
     * @param count so far.
     */
    public void progress(final String what, final long count)
    {
        final long nowNs = System.nanoTime();
        if (!isQuiet && nowNs - lastNs >= INTERVAL_NS)
        {
            lastNs = nowNs;
            err.println(count + " " + what);
        }
    }

    /**
     * Whether a result could not be written, because its reader is gone or the write failed.
     *
     * @return true when it makes no sense to go on.
     */
    public boolean isBroken()
    {
        return out.checkError();
    }

    /**
     * Flushes the results and says whether any were lost.
     *
     * @return null when they were written or their reader is gone, otherwise a line that says why they are lost.
     */
    public String lost()
    {
        out.flush();
        return results.lost();
    }

    @Override
    public void close()
    {
        out.flush();
    }
}
