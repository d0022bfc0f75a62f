/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.LinkEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A text of commands and their outcomes. A line of dashes ends each block of commands; the lines from there to the next
 * empty line are the outcome. Playing a transcript writes the outcomes anew, and a test compares them. The commands:
 *
 * <pre>
 *   server 2 of 1 2 3 [observers 4 5] [accepted=E] [leader=S] [current=E] [log=E:C,E:C] [committed=E:C]
 *            [trusted=F] [voters=changed]
 *   link S ...           links come up               unlink S ...   their processes are gone
 *   lose S ...           their streams are cut       from S Message field=value ...
 *   press S ...          streams to them are full    relieve S ...  they take messages again
 *   run MS               time passes                 restart        power is lost and comes back
 *   stall MS             time passes in which the server stands still
 *   beats S ...          they answer, and send, heartbeats          quiet S ...     not any more
 *   pulse                heartbeats are shown        disk hold, release, full, empty
 *   client connect, create PATH, exists PATH, sync PATH
 *   hand over            the server is asked to make way
 *   rest                 does it rest until a time or a message comes, and how long at the most?
 * </pre>
 */
final class Transcript implements AutoCloseable
{
    private static final String DASHES = "----";

    private ScriptedServer server;

    /** Plays a text. Returns the text with the outcomes replaced by what really happened. */
    String play(final String text)
    {
        final StringBuilder played = new StringBuilder();
        boolean isOutcome = false;
        for (final String line : text.lines().toList())
        {
            if (line.equals(DASHES))
            {
                isOutcome = true;
                played.append(DASHES).append('\n');
                server.takeLines().forEach(happened -> played.append(happened).append('\n'));
            }
            else if (isOutcome && line.isEmpty())
            {
                isOutcome = false;
                played.append('\n');
            }
            else if (!isOutcome)
            {
                played.append(line).append('\n');
                perform(line);
            }
        }

        return played.toString();
    }

    private void perform(final String line)
    {
        final List<String> words = Arrays.asList(line.trim().split(" +"));
        if (line.isBlank() || line.startsWith("#"))
        {
            return;
        }

        final List<String> rest = words.subList(1, words.size());
        switch (words.get(0))
        {
            case "server" -> begin(rest, MessageText.fields(line));
            case "link" -> rest.forEach(each -> server.link(Long.parseLong(each)));
            case "unlink" -> rest.forEach(each -> server.unlink(Long.parseLong(each), LinkEnd.PEER_GONE));
            case "lose" -> rest.forEach(each -> server.unlink(Long.parseLong(each), LinkEnd.STREAM_LOST));
            case "press" -> rest.forEach(each -> server.press(Long.parseLong(each), true));
            case "relieve" -> rest.forEach(each -> server.press(Long.parseLong(each), false));
            case "from" -> server.from(Long.parseLong(rest.get(0)), rest.get(1), MessageText.fields(line));
            case "run" -> server.run(Long.parseLong(rest.get(0)));
            case "stall" -> server.stall(Long.parseLong(rest.get(0)));
            case "restart" -> server.restart();
            case "beats" -> rest.forEach(each -> server.beats(Long.parseLong(each)));
            case "quiet" -> rest.forEach(each -> server.isQuiet(Long.parseLong(each)));
            case "pulse" -> server.showPulse();
            case "disk" -> disk(rest.get(0));
            case "client" -> client(rest);
            case "hand" -> server.handOver();
            case "rest" -> server.tellWhetherItRests();
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void begin(final List<String> words, final Map<String, String> fields)
    {
        final int observers = words.indexOf("observers");
        final List<String> plain = words.stream().filter(word -> word.indexOf('=') < 0).toList();
        final int votersEnd = observers < 0 ? plain.size() : observers;
        server = new ScriptedServer(Long.parseLong(words.get(0)), ids(plain.subList(2, votersEnd)),
            observers < 0 ? new long[0] : ids(plain.subList(votersEnd + 1, plain.size())));
        server.past(fields);
        server.start();
    }

    private static long[] ids(final List<String> words)
    {
        return words.stream().mapToLong(Long::parseLong).toArray();
    }

    private void disk(final String what)
    {
        switch (what)
        {
            case "hold" -> server.holdForces(true);
            case "release" -> server.holdForces(false);
            case "full" -> server.fill(true);
            case "empty" -> server.fill(false);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void client(final List<String> words)
    {
        switch (words.get(0))
        {
            case "connect" -> server.connect();
            case "create" -> server.create(words.get(1));
            case "exists" -> server.exists(words.get(1));
            case "sync" -> server.sync(words.get(1));
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    @Override
    public void close()
    {
        if (server != null)
        {
            server.close();
        }
    }
}
