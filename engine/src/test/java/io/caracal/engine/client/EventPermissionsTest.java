/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.AddWatchMode;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests who gets no event, because it may not read the znode that the event is about. */
class EventPermissionsTest extends DeskTest
{
    private TestDesk.Client watching(final String path, final int mode)
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.addWatch(1, path, mode));
        assertEquals(ErrorCode.OK, Frames.error(client.frames().get(0)));
        return client;
    }

    private static List<String> events(final TestDesk.Client client)
    {
        return client.frames().stream().map(Frames::event).toList();
    }

    @Test
    void shouldTellNothingOfAZnodeThatTheClientMayNotRead()
    {
        final TestDesk.Client persistent = watching("/a/secret", AddWatchMode.PERSISTENT);
        final TestDesk.Client recursive = watching("/", AddWatchMode.PERSISTENT_RECURSIVE);
        server.applyOther(TestDesk.createUnreadable("/a/secret"));
        server.applyOther(TestDesk.set("/a/secret", "x", 1));
        server.applyOther(TestDesk.create("/a/secret/open"));
        server.applyOther(TestDesk.delete("/a/secret/open"));
        server.applyOther(TestDesk.delete("/a/secret"));

        assertEquals(List.of(), events(persistent));
        assertEquals(List.of("1:/a/secret/open", "2:/a/secret/open"), events(recursive));
    }

    @Test
    void shouldTellOfTheChildrenOfAZnodeThatTheClientMayReadWhateverTheChildIs()
    {
        final TestDesk.Client client = watching("/a", AddWatchMode.PERSISTENT);
        server.applyOther(TestDesk.createUnreadable("/a/secret"));
        server.applyOther(TestDesk.delete("/a/secret"));

        assertEquals(List.of("4:/a", "4:/a"), events(client));
    }

    @Test
    void shouldUseUpAWatchThoughItsEventIsNotSent()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.watch(1, OpCode.EXISTS, "/secret"));
        assertEquals(ErrorCode.NO_NODE, Frames.error(client.frames().get(0)));
        server.applyOther(TestDesk.createUnreadable("/secret"));

        assertEquals(List.of(), events(client));
        assertEquals(0, server.desk.watches().watchCount());
    }
}
