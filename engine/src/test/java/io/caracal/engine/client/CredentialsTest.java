/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.OpCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the packets with which a client authenticates. */
class CredentialsTest extends DeskTest
{
    @Test
    void shouldAnswerCredentialsAtOnce()
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.digest("u:p"));

        final List<String> replies = client.replies();
        assertEquals("reply -4 zxid 0 error 0", replies.get(replies.size() - 1));
        assertFalse(client.isClosed());
    }

    @Test
    void shouldCloseOverAnAuthPacketThatDoesNotDecode()
    {
        final byte[] whole = Frames.digest("u:p");

        for (int length = 8; length < whole.length; length++)
        {
            final TestDesk.Client client = server.client();
            final int answered = client.frames().size();
            client.send(Arrays.copyOf(whole, length));

            assertEquals(answered, client.frames().size(), "answers to " + length + " bytes");
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldCloseOverATokenThatDoesNotDecode()
    {
        final TestDesk.Client client = server.client();
        final int answered = client.frames().size();
        client.send(Frames.bare(1, OpCode.SASL));

        assertEquals(answered, client.frames().size());
        assertTrue(client.isClosed());
    }

    @Test
    void shouldNotTakeATokenForASignOfLife()
    {
        final TestDesk.Client client = server.client();
        client.frames();
        server.role.touched();
        client.send(Frames.token(1));
        assertEquals(List.of("reply 1 zxid 0 error 0"), client.replies());
        assertEquals(List.of(), server.role.touched());

        client.send(Frames.bare(-2, OpCode.PING));
        assertEquals(List.of(client.sessionId), server.role.touched());
    }
}
