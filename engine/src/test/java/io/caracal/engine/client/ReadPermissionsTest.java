/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import java.nio.charset.StandardCharsets;
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
    /** The id of user u with password p. */
    private static final String USER_ID = "u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=";

    @BeforeEach
    void createUnreadable()
    {
        server.applyOther(TestDesk.createUnreadable("/secret"));
    }

    private static Stream<byte[]> requests()
    {
        return Stream.concat(IntStream.of(OpCode.GET_DATA, OpCode.EXISTS, OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2)
            .mapToObj(opCode -> Frames.watch(XID, opCode, "/secret")),
            Stream.of(Frames.pathOnly(XID,
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
        server.applyOther(TestDesk.createFor("/mine", Perms.READ, USER_ID));
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
    void shouldShowAnAclInFullToWhoMayAdministerTheZnodeAndWithoutHashesToWhoMayReadIt()
    {
        server.applyOther(TestDesk.createFor("/read", Perms.READ, USER_ID));
        server.applyOther(TestDesk.createFor("/administered", Perms.ADMIN, USER_ID));
        server.applyOther(TestDesk.createFor("/written", Perms.WRITE, USER_ID));
        final TestDesk.Client client = server.client();
        assertEquals(ErrorCode.NO_AUTH, Frames.error(acl(client, "/read")));
        assertEquals(ErrorCode.NO_AUTH, Frames.error(acl(client, "/administered")));

        client.send(Frames.digest("u:p"));
        client.frames();
        assertTrue(text(acl(client, "/read")).contains("u:x"));
        assertTrue(text(acl(client, "/administered")).contains(USER_ID));
        assertEquals(ErrorCode.NO_AUTH, Frames.error(acl(client, "/written")));
    }

    private static byte[] acl(final TestDesk.Client client, final String path)
    {
        client.send(Frames.pathOnly(XID, OpCode.GET_ACL, path));
        return client.frames().get(0);
    }

    private static String text(final byte[] frame)
    {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldRefusePartsOfAMultiReadOneByOne()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.multiRead(XID, OpCode.GET_DATA, List.of("/a", "/secret", "/missing", "/")));

        assertEquals(List.of(ErrorCode.OK, ErrorCode.NO_AUTH, ErrorCode.NO_NODE, ErrorCode.OK),
            Frames.partErrors(client.frames().get(0)));
    }
}
