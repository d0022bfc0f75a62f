/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.client.Connection;
import io.caracal.shell.terminal.Terminal;
import java.nio.file.Path;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal.Signal;

/**
 * A screen with a prompt. What comes by itself appears above the line being edited, and the prompt follows the state of
 * the connection. Used by the reading thread and the client's event thread.
 */
final class LineTerminal implements Terminal
{
    private static final String SECRETS = "addauth*:*superdigest*";

    private final org.jline.terminal.Terminal screen;
    private LineReader reader;

    LineTerminal(final org.jline.terminal.Terminal screen)
    {
        this.screen = screen;
    }

    void open(final Connection connection, final Path historyFile)
    {
        final LineReaderBuilder builder = LineReaderBuilder.builder().appName("caracal").terminal(screen)
            .parser(new WordsParser()).completer(new LineCompleter(connection));
        builder.option(Option.DISABLE_EVENT_EXPANSION, true).option(Option.HISTORY_IGNORE_SPACE, true)
            .option(Option.AUTO_FRESH_LINE, true);
        builder.variable(LineReader.HISTORY_IGNORE, SECRETS);
        if (historyFile != null && HistoryFile.tryPrepare(historyFile))
        {
            builder.variable(LineReader.HISTORY_FILE, historyFile);
        }

        reader = builder.build();
    }

    String readLine(final String prompt)
    {
        return reader.readLine(prompt);
    }

    /** Shows another prompt in front of the line being edited, if one is. */
    void prompt(final String prompt)
    {
        if (reader.isReading())
        {
            ((LineReaderImpl)reader).setPrompt(prompt);
            reader.printAbove("");
        }
    }

    /** What Ctrl-C does while a command runs; while a line is edited it drops that line. */
    void onInterrupt(final Runnable action)
    {
        screen.handle(Signal.INT, signal -> action.run());
    }

    void close()
    {
        flush();
    }

    @Override
    public void out(final String line)
    {
        screen.writer().println(line);
    }

    @Override
    public void err(final String line)
    {
        screen.writer().println(line);
        screen.writer().flush();
    }

    @Override
    public void event(final String text)
    {
        if (reader.isReading())
        {
            reader.printAbove(text);
        }
        else
        {
            screen.writer().println(text);
            screen.writer().flush();
        }
    }

    @Override
    public void flush()
    {
        screen.writer().flush();
    }
}
