/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import io.caracal.server.console.ResultStream;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command that works with files puts what it finds: results to one stream, in bulk, and progress to the other,
 * at most about once a second.
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
     * An output.
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

    /** From here on progress is not told. */
    public void quiet()
    {
        isQuiet = true;
    }

    /**
     * A line of the result.
     *
     * @param line without its end.
     */
    public void line(final String line)
    {
        out.println(line);
    }

    /**
     * For results that come as text, such as help.
     *
     * @return writes to where results go.
     */
    public PrintWriter writer()
    {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /**
     * What went wrong, and what to do.
     *
     * @param message one line.
     */
    public void error(final String message)
    {
        out.flush();
        err.println(message);
    }

    /**
     * How far it is.
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
     * Whether a result could not be written, because nobody reads any more.
     *
     * @return true when it makes no sense to go on.
     */
    public boolean isBroken()
    {
        return out.checkError();
    }

    /**
     * What became of the results so far.
     *
     * @return null when they were written or nobody reads them any more, else a line that says why they are lost.
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
