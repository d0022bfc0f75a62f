/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings limit the longest string in requests of each kind, so that everything written can also be read. */
class LongElementsTest extends DeskTest
{
    private static final int LENGTH_MAX = TestDesk.LIMITS.elementLengthMax();

    @Test
    void shouldReadAPathOfTheGreatestLengthAndNoLongerOne()
    {
        assertEquals(ErrorCode.NO_NODE, errorOf(Frames.read(1, path(LENGTH_MAX), false)));
        assertEquals(ErrorCode.MARSHALLING_ERROR, errorOf(Frames.read(1, path(LENGTH_MAX + 1), false)));
    }

    @ParameterizedTest
    @ValueSource(ints = { OpCode.GET_ACL, OpCode.GET_ALL_CHILDREN_NUMBER })
    void shouldAskForAPathOfTheGreatestLengthAndForNoLongerOne(final int opCode)
    {
        assertEquals(ErrorCode.NO_NODE, errorOf(Frames.pathOnly(1, opCode, path(LENGTH_MAX))));
        assertEquals(ErrorCode.MARSHALLING_ERROR, errorOf(Frames.pathOnly(1, opCode, path(LENGTH_MAX + 1))));
    }

    @Test
    void shouldListEphemeralsBelowAPathOfTheGreatestLengthAndNoLongerOne()
    {
        assertEquals(ErrorCode.OK, errorOf(Frames.pathOnly(1, OpCode.GET_EPHEMERALS, path(LENGTH_MAX))));
        assertEquals(ErrorCode.MARSHALLING_ERROR, errorOf(Frames.pathOnly(1, OpCode.GET_EPHEMERALS, path(LENGTH_MAX +
            1))));
    }

    /** Credentials that cannot be decoded are not just wrong ones: the connection is closed. */
    @Test
    void shouldTakeCredentialsOfTheGreatestLengthAndNoLongerOnes()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.digest("u:" + "p".repeat(LENGTH_MAX - 2)));
        assertFalse(client.isClosed());
        client.send(Frames.digest("u:" + "p".repeat(LENGTH_MAX - 1)));
        assertTrue(client.isClosed());
    }

    private static String path(final int length)
    {
        return "/" + "n".repeat(length - 1);
    }

    private int errorOf(final byte[] request)
    {
        final TestDesk.Client client = server.client();
        client.send(request);
        final List<byte[]> frames = client.frames();

        return Frames.error(frames.get(frames.size() - 1));
    }
}
