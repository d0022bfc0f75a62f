/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.client.Connection;
import io.caracal.shell.terminal.Terminal;
import io.caracal.shell.terminal.Visible;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal.Signal;

/**
 * A screen with a prompt. Events appear above the line being edited, and the prompt follows the state of the
 * connection. Used by the reading thread and the client's event thread.
 */
final class LineTerminal implements Terminal
{
    private static final String SECRETS = "addauth*:*superdigest*";

    private final org.jline.terminal.Terminal screen;
    private LineReader reader;
    private Supplier<String> prompt;

    LineTerminal(final org.jline.terminal.Terminal screen)
    {
        this.screen = screen;
    }

    void open(final Connection connection, final Supplier<String> promptSource, final Path historyFile)
    {
        final LineReaderBuilder builder = LineReaderBuilder.builder().appName("caracal").terminal(screen)
            .parser(new WordsParser()).completer(new LineCompleter(connection));
        builder.option(Option.DISABLE_EVENT_EXPANSION, true).option(Option.HISTORY_IGNORE_SPACE, true);
        builder.variable(LineReader.HISTORY_IGNORE, SECRETS);
        if (historyFile != null && HistoryFile.tryPrepare(historyFile))
        {
            builder.variable(LineReader.HISTORY_FILE, historyFile);
        }

        prompt = promptSource;
        reader = builder.build();
    }

    String readLine()
    {
        return reader.readLine(prompt.get());
    }

    /** Sets what Ctrl-C does while a command runs. While a line is edited, Ctrl-C drops that line. */
    void onInterrupt(final Runnable action)
    {
        screen.handle(Signal.INT, signal -> action.run());
    }

    @Override
    public void out(final String line)
    {
        screen.writer().println(Visible.of(line));
    }

    @Override
    public void err(final String line)
    {
        screen.writer().println(Visible.of(line));
        screen.writer().flush();
    }

    @Override
    public void event(final String text)
    {
        if (reader.isReading())
        {
            // The event may come with a new state of the connection, which the prompt shows.
            ((LineReaderImpl)reader).setPrompt(prompt.get());
            reader.printAbove(Visible.of(text));
        }
        else
        {
            screen.writer().println(Visible.of(text));
            screen.writer().flush();
        }
    }

    @Override
    public void flush()
    {
        screen.writer().flush();
    }
}
