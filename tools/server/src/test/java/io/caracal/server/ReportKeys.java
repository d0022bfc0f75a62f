/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static io.caracal.server.config.ServerProperty.FOUR_LETTER_WORDS;
import static io.caracal.server.config.ServerProperty.SLOW_REQUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keys of what a server reports to people. */
final class ReportKeys
{
    private static final byte[] NOTHING = new byte[0];

    private ReportKeys()
    {
    }

    static Stream<KeyProof> rows()
    {
        return Stream.of(
            new KeyProof(SLOW_REQUEST, ReportKeys::tellsOfSlowRequests),
            new KeyProof(FOUR_LETTER_WORDS, ReportKeys::answersAWord));
    }

    private static void tellsOfSlowRequests(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        server.reload("slowRequestMs=0");
        final String untold = ReloadedServer.name();
        createSlowly(server, client, untold);
        server.reload("slowRequestMs=1");
        final String told = ReloadedServer.name();
        createSlowly(server, client, told);
        ReloadedServer.await("a line about it", () -> isTold(server, told));
        assertFalse(isTold(server, untold));
    }

    private static boolean isTold(final ReloadedServer server, final String path)
    {
        return server.slowRequests().latest().stream().anyMatch(request -> path.equals(request.path()));
    }

    private static void createSlowly(final ReloadedServer server, final RawClient client, final String path)
        throws IOException
    {
        server.disk().hold();
        client.sendCreate(path, NOTHING, 0);
        ReloadedServer.await("a force", server.disk()::isForcing);
        final long heldNs = System.nanoTime();
        while (System.nanoTime() - heldNs < TimeUnit.MILLISECONDS.toNanos(3))
        {
            Poll.rest();
        }
        server.disk().release();
        assertEquals(RawClient.OK, client.errorCode());
    }

    private static void answersAWord(final ReloadedServer server) throws IOException
    {
        assertEquals("ruok is not executed because it is not in the whitelist.",
            Words.ask(server.address(), "ruok").strip());
        server.reload("4lw.commands.whitelist=ruok");
        assertEquals("imok", Words.ask(server.address(), "ruok"));
    }
}
