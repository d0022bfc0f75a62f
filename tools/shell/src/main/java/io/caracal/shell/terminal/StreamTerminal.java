/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Two streams, for scripts: results and events on one, everything else on the other. Always UTF-8, whatever the locale
 * says, because znode data are bytes and most of them are UTF-8 text. Results are buffered until {@link #flush()}.
 */
public final class StreamTerminal implements Terminal
{
    private static final int BUFFER_SIZE = 64 * 1024;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out takes results and events.
     * @param err takes errors and hints.
     */
    public StreamTerminal(final OutputStream out, final OutputStream err)
    {
        this.out = new PrintStream(new BufferedOutputStream(out, BUFFER_SIZE), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void out(final String line)
    {
        out.print(line);
        out.print('\n');
    }

    @Override
    public synchronized void err(final String line)
    {
        out.flush();
        err.print(line + '\n');
        err.flush();
    }

    @Override
    public synchronized void event(final String text)
    {
        out(text);
        out.flush();
    }

    @Override
    public synchronized void flush()
    {
        out.flush();
    }
}
