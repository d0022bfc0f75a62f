/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.Texts;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a Caracal server holds by its own account. */
final class Books
{
    /** What clients may leave behind, and the value of each once only the client that asks is connected. */
    private static final Map<String, Long> LEFT = Map.of("zk_num_alive_connections", 1L, "zk_outstanding_requests", 0L,
        "zk_watch_count", 0L, "zk_global_sessions", 0L, "zk_ephemerals_count", 0L, "zk_znode_count", 5L);
    /** What may be cached for the next time, but must not grow when the same happens again. */
    private static final List<String> KEPT = List.of("zk_open_file_descriptor_count", "zk_native_memory_bytes",
        "zk_client_buffer_bytes");
    private static final int SETTLED_MS = 60_000;
    private static final int ANSWER_MS = 120_000;

    private Books()
    {
    }

    /** Waits until nothing of the clients is left, and returns what is cached. */
    static SortedMap<String, Long> settled(final ServerUnderTest server)
    {
        final SortedMap<String, Long> kept = new TreeMap<>();
        final SortedMap<String, Long> left = new TreeMap<>();

        try
        {
            Await.until("nothing is left", SETTLED_MS, () ->
            {
                read(server, kept, left);
                return left.equals(LEFT);
            });
        }
        catch (final AssertionError late)
        {
            throw new AssertionError("still left behind: " + left, late);
        }

        return kept;
    }

    private static void read(final ServerUnderTest server, final Map<String, Long> kept, final Map<String, Long> left)
        throws IOException
    {
        for (final String line : Texts.split(word(server, "mntr"), '\n'))
        {
            final List<String> parts = Texts.split(line, '\t');

            if (parts.size() == 2 && KEPT.contains(parts.get(0)))
            {
                kept.put(parts.get(0), Long.valueOf(parts.get(1)));
            }
            else if (parts.size() == 2 && LEFT.containsKey(parts.get(0)))
            {
                left.put(parts.get(0), Long.valueOf(parts.get(1)));
            }
        }

        if (kept.size() != KEPT.size())
        {
            throw new IOException("mntr tells only " + kept);
        }
    }

    /** Returns a server's answer to a four-letter word. */
    static String word(final ServerUnderTest server, final String word) throws IOException
    {
        try (WireConnection connection = new WireConnection(server.address(), ANSWER_MS))
        {
            connection.sendRaw(word.getBytes(StandardCharsets.US_ASCII));
            return new String(connection.socket().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
