/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import io.caracal.shell.client.ConnectOptions;
import io.caracal.shell.client.Connection;
import io.caracal.shell.command.Shell;
import io.caracal.shell.terminal.Terminal;

/** The shell of this module, with a recording in place of a terminal. */
public final class CaracalShell implements TypedShell
{
    private static final int TIMEOUT_MS = 20_000;

    private final Recording recording = new Recording();
    private final Connection connection;
    private final Shell shell;

    public CaracalShell(final String servers)
    {
        final Terminal terminal = new RecordingTerminal(recording);
        connection = new Connection(new ConnectOptions(servers, TIMEOUT_MS, false, false, null, true), terminal);
        shell = new Shell(connection, terminal);
    }

    public Shell shell()
    {
        return shell;
    }

    @Override
    public boolean execute(final String line)
    {
        return shell.execute(line);
    }

    @Override
    public Recording recording()
    {
        return recording;
    }

    @Override
    public void close()
    {
        connection.close();
    }

    /** Passes everything on to a recording. */
    private static final class RecordingTerminal implements Terminal
    {
        private final Recording recording;

        RecordingTerminal(final Recording recording)
        {
            this.recording = recording;
        }

        @Override
        public void out(final String line)
        {
            recording.out(line);
        }

        @Override
        public void err(final String line)
        {
            recording.err(line);
        }

        @Override
        public void event(final String text)
        {
            recording.event(text);
        }

        @Override
        public void flush()
        {
            // Nothing is buffered.
        }
    }
}
