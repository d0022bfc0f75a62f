/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A terminal without a device: a test types keys into it and waits for what it shows. */
public final class Screen implements AutoCloseable
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Pattern CONTROLS = Pattern.compile("\u001b(\\[[?0-9;]*[a-zA-Z]|[=>]|\\(B)|[\r\u0007]");

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Terminal terminal;
    private int seen;

    /** A screen of 200 columns and 50 lines. */
    public Screen() throws IOException
    {
        terminal = new ExternalTerminal("screen", "xterm", new PipedInputStream(keys), shown, StandardCharsets.UTF_8);
        terminal.setSize(new Size(200, 50));
    }

    public Terminal terminal()
    {
        return terminal;
    }

    public void type(final String text) throws IOException
    {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until a text appears after the one waited for before. */
    public void await(final String text)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        int found = text().indexOf(text, seen);
        while (found < 0)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "'" + text + "' did not appear behind:\n" + text());
            LockSupport.parkNanos(PAUSE_NS);
            found = text().indexOf(text, seen);
        }

        seen = found + text.length();
    }

    String text()
    {
        return CONTROLS.matcher(raw()).replaceAll("");
    }

    /** Everything that was written to it, including control sequences. */
    public String raw()
    {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException
    {
        terminal.close();
    }
}
