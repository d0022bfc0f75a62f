/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.caracal.engine.protocol.AddWatchMode;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what a client is told whose watch cannot be set, because the clients of this server have as many as may be. */
class FullWatchTableTest extends DeskTest
{
    private static final int XID = 2;

    private static Stream<byte[]> requests()
    {
        final Stream<byte[]> single = Stream.of(Frames.watch(XID, OpCode.GET_DATA, "/a"), Frames.watch(XID,
            OpCode.EXISTS, "/a"), Frames.watch(XID, OpCode.EXISTS, "/missing"),
            Frames.watch(XID, OpCode.GET_CHILDREN,
                "/a"),
            Frames.watch(XID, OpCode.GET_CHILDREN2, "/a"), Frames.addWatch(XID, "/a",
                AddWatchMode.PERSISTENT),
            Frames.addWatch(XID, "/a", AddWatchMode.PERSISTENT_RECURSIVE));
        final Stream<byte[]> again = IntStream.range(0, Frames.WATCH_LISTS).mapToObj(list -> Frames.setAgain(XID, list,
            list == Frames.EXIST_LIST ? "/missing" : "/a"));
        return Stream.concat(single, again);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldSetNoWatchAndSaySo(final byte[] request)
    {
        final TestDesk.Client greedy = server.client();
        greedy.send(Frames.waitFor(XID, "/w", TestDesk.LIMITS.watchesMax()));
        final TestDesk.Client client = server.client();
        assertEquals(ErrorCode.SYSTEM_ERROR, errorOf(client, request));

        server.applyOther(TestDesk.set("/a", "x", 1));
        server.applyOther(TestDesk.create("/a/b"));
        server.applyOther(TestDesk.create("/missing"));
        assertEquals(List.of(), client.replies(), "there is no watch");

        greedy.vanish();
        assertNotEquals(ErrorCode.SYSTEM_ERROR, errorOf(client, request), "there is room again");
        assertFalse(client.isClosed());
    }

    private static int errorOf(final TestDesk.Client client, final byte[] request)
    {
        client.send(request);
        final List<byte[]> frames = client.frames();
        return Frames.error(frames.get(frames.size() - 1));
    }
}
