/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that nobody reads a znode without permission, by whatever request. */
class ReadPermissionsTest extends DeskTest
{
    private static final int XID = 2;

    @BeforeEach
    void createUnreadable()
    {
        server.applyOther(TestDesk.createUnreadable("/secret"));
    }

    private static Stream<byte[]> requests()
    {
        return Stream.concat(IntStream.of(OpCode.GET_DATA, OpCode.EXISTS, OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2)
            .mapToObj(opCode -> Frames.watch(XID, opCode, "/secret")), Stream.of(Frames.pathOnly(XID,
                OpCode.GET_ALL_CHILDREN_NUMBER, "/secret")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldRefuseAReadAndItsWatch(final byte[] request)
    {
        final TestDesk.Client client = server.client();
        client.send(request);

        assertEquals(List.of("reply 2 zxid " + server.zxid() + " error " + ErrorCode.NO_AUTH), client.replies());
        assertEquals(0, server.desk.watches().watchCount());
    }

    @Test
    void shouldJudgeAReadByWhatTheClientHadProvenWhenItCame()
    {
        server.applyOther(TestDesk.createFor("/mine", "u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ="));
        final TestDesk.Client client = server.client();
        client.send(Frames.setData(1, "/a"));
        client.send(Frames.read(2, "/mine", false));
        client.send(Frames.digest("u:p"));
        assertEquals(ErrorCode.OK, Frames.error(client.frames().get(0)), "the credentials are taken at once");

        server.applyOwn(2, client, TestDesk.set("/a", "x", 1));
        assertEquals(ErrorCode.NO_AUTH, Frames.error(client.frames().get(1)));
        client.send(Frames.read(3, "/mine", false));
        assertEquals(ErrorCode.OK, Frames.error(client.frames().get(0)));
    }

    @Test
    void shouldRefusePartsOfAMultiReadOneByOne()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.multiRead(XID, OpCode.GET_DATA, List.of("/a", "/secret", "/missing", "/")));

        assertEquals(List.of(ErrorCode.OK, ErrorCode.NO_AUTH, ErrorCode.NO_NODE, ErrorCode.OK), Frames.partErrors(
            client.frames().get(0)));
    }
}
