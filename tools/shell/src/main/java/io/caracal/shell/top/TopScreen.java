/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.CountersHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** A screen that is redrawn after each interval until the user ends it. */
final class TopScreen
{
    private static final int ENDED = 'q';
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final String KEYS = "q ends, 1 to 9 or n: another server";

    private final Terminal terminal;
    private final Servers servers;
    private final int intervalMs;
    private List<Interval> shown = List.of();
    /** The chosen server, which stays chosen wherever it moves in the list; null for the first. */
    private CountersHeader chosen;
    /** The attributes of the terminal before; null while the terminal is not in use. */
    private Attributes before;

    TopScreen(final Terminal terminal, final Servers servers, final int intervalMs)
    {
        this.terminal = terminal;
        this.servers = servers;
        this.intervalMs = intervalMs;
    }

    void run() throws IOException
    {
        enter();
        try
        {
            do
            {
                shown = servers.look();
                draw(shown);
            }
            while (!isEnded(terminal.reader().read(intervalMs)));
        }
        finally
        {
            leave();
        }
    }

    private synchronized void enter()
    {
        before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
    }

    /** Restores the terminal, after which nothing is drawn any more. May be called on any thread and more than once. */
    synchronized void leave()
    {
        if (before != null)
        {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
            before = null;
        }
    }

    private synchronized void draw(final List<Interval> intervals)
    {
        if (before == null)
        {
            return;
        }

        final int place = place();
        final int width = terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
        final int height = terminal.getHeight() > 0 ? terminal.getHeight() - 1 : Integer.MAX_VALUE;
        final List<String> lines = new ArrayList<>();
        if (intervals.size() > 1)
        {
            TopText.list(intervals.stream().map(Interval::now).toList(), place).stream()
                .map(line -> line.substring(0, Math.min(width, line.length()))).forEach(lines::add);
        }
        if (intervals.isEmpty())
        {
            lines.add(TopCommand.NO_SERVER);
        }
        else
        {
            lines.addAll(TopText.of(intervals.get(place), width, Math.max(1, height - lines.size())));
        }

        terminal.puts(Capability.clear_screen);
        lines.forEach(line -> terminal.writer().print(line + "\r\n"));
        terminal.writer().print(KEYS.substring(0, Math.min(width, KEYS.length())));
        terminal.flush();
    }

    private boolean isEnded(final int key)
    {
        if ('1' <= key && key <= '9')
        {
            choose(key - '1');
        }
        else if (key == 'n')
        {
            choose((place() + 1) % Math.max(1, shown.size()));
        }

        return key == ENDED || key == CTRL_C || key == CTRL_D || key == NonBlockingReader.EOF;
    }

    private void choose(final int place)
    {
        if (place < shown.size())
        {
            chosen = shown.get(place).now().header();
        }
    }

    /** The position of the chosen server; the first one when it is not there. */
    private int place()
    {
        for (int i = 0; i < shown.size(); i++)
        {
            if (shown.get(i).now().header().equals(chosen))
            {
                return i;
            }
        }

        return 0;
    }
}
