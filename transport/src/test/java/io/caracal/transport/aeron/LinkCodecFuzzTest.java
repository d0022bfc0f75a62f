/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.transport.PeerContext;
import io.caracal.transport.aeron.codec.Ending;
import org.agrona.concurrent.UnsafeBuffer;

/** A silent link may deliver any bytes. Each message is read or refused, and what is read is within its limits. */
class LinkCodecFuzzTest implements LinkMessageHandler
{
    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldReadOrRefuse(final byte[] bytes)
    {
        new LinkCodec().decode(new UnsafeBuffer(bytes), 0, bytes.length, this);
        new LinkCodec().isStreamHello(new UnsafeBuffer(bytes), 0, bytes.length, 1, 2, 3);
    }

    @Override
    public void onHello(final LinkHello hello)
    {
        assertTrue(hello.voters().length <= PeerContext.MEMBERS_MAX);
        final int address = hello.udpAddress().length;
        assertTrue(address == 0 || address == 4 || address == 16);
        assertTrue(hello.udpPort() >= 0 && hello.udpPort() <= 0xffff);
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        assertTrue(voters.length <= PeerContext.MEMBERS_MAX);
        Refusals.of(refusal);
    }

    @Override
    public void onProven(final long token)
    {
        // Any token is valid.
    }

    @Override
    public void onGenerationEnd(final Ending ending)
    {
        assertTrue(ending != Ending.NULL_VAL);
    }
}
