/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import io.caracal.server.console.ResultStream;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal of two streams, for scripts: results and events on one, everything else on the other. Always writes UTF-8
 * whatever the locale, because znode data are bytes and most of them are UTF-8 text. Results are buffered until
 * {@link #flush()}.
 */
public final class StreamTerminal implements Terminal
{
    private static final int BUFFER_SIZE = 64 * 1024;

    private final ResultStream results;
    private final boolean isForPerson;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out takes results and events.
     * @param err takes errors and hints.
     * @param isForPerson whether both go to a screen, which data must not control.
     */
    public StreamTerminal(final OutputStream out, final OutputStream err, final boolean isForPerson)
    {
        this.isForPerson = isForPerson;
        this.results = new ResultStream(out);
        this.out = new PrintStream(new BufferedOutputStream(results, BUFFER_SIZE), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void out(final String line)
    {
        out.print(shown(line));
        out.print('\n');
    }

    @Override
    public synchronized void err(final String line)
    {
        out.flush();
        err.print(shown(line) + '\n');
        err.flush();
    }

    @Override
    public synchronized void event(final String text)
    {
        out(text);
        out.flush();
    }

    @Override
    public synchronized boolean isBroken()
    {
        return results.isBroken();
    }

    private String shown(final String line)
    {
        return isForPerson ? Visible.of(line) : line;
    }

    /**
     * Flushes the results and says whether any were lost.
     *
     * @return null when they were written or their reader is gone, otherwise a line that says why they are lost.
     */
    public synchronized String lost()
    {
        out.flush();
        return results.lost();
    }

    @Override
    public synchronized void flush()
    {
        out.flush();
    }
}
