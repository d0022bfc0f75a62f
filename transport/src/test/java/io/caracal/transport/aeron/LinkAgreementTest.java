/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.aeron.codec.Ending;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what server 2, which dials, and server 1 agree on over a real connection. */
class LinkAgreementTest implements LinkMessageHandler
{
    private static final long NUMBER = 7;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1, 2);
    private final PeerContext one = ensemble.context(1).conclude();
    private final PeerContext two = ensemble.context(2).mtuLength(1408).conclude();
    private final SelectIdle idle = new SelectIdle(one.nanoClock(), one.idleMode());
    private final LinkWorld worldOfOne = new LinkWorld(one, idle, new DriverKeeper(one, idle));
    private final LinkWorld worldOfTwo = new LinkWorld(two, idle, new DriverKeeper(two, idle));
    private LinkAgreement dialed;
    private SilentLink accepted;
    private LinkHello hello;
    private Ending ending;
    private long token;

    @BeforeEach
    void connect() throws IOException
    {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(PeerEnsemble.LOOPBACK,
            0)))
        {
            final SocketChannel to = SocketChannel.open(server.getLocalAddress());
            to.configureBlocking(false);
            final SocketChannel from = server.accept();
            from.configureBlocking(false);
            dialed = LinkAgreement.dialed(worldOfTwo, ensemble.member(1), new SilentLink(to, worldOfTwo.registration(),
                SelectionKey.OP_READ, worldOfTwo.codec()), two.mtuLength());
            accepted = new SilentLink(from, worldOfOne.registration(), SelectionKey.OP_READ, worldOfOne.codec());
        }
    }

    @AfterEach
    void close()
    {
        dialed.silentLink().close();
        accepted.close();
        worldOfOne.close();
        worldOfTwo.close();
        idle.close();
        ensemble.close();
    }

    @Test
    void shouldAgreeOnSessionIdsNumberAndLengthOfPackets()
    {
        final LinkAgreement taken = greet();
        assertEquals(2, hello.serverId());
        assertEquals(1, hello.receiverId());
        assertEquals(NUMBER, hello.generation());
        assertArrayEquals(two.voters(), hello.voters());
        assertEquals(two.mtuLength(), taken.mtuLength());
        final LinkHello ofDialer = hello;

        answer(taken, NUMBER + 1);
        assertTrue(dialed.onAnswer(hello));
        assertEquals(NUMBER + 1, dialed.peerHello().generation());
        assertEquals(two.mtuLength(), dialed.mtuLength());
        assertArrayEquals(ofDialer.sessionIds().fromDialer(), hello.sessionIds().fromDialer());
        assertArrayEquals(ofDialer.sessionIds().toDialer(), hello.sessionIds().toDialer());
    }

    @Test
    void shouldBeProvenOnlyOnceEachHasSaidSo()
    {
        final LinkAgreement taken = greet();
        answer(taken, NUMBER);
        dialed.onAnswer(hello);

        assertEquals(1, dialed.sendProven());
        assertEquals(0, dialed.sendProven(), "it is said twice");
        assertFalse(dialed.isProven());
        await(accepted, () -> token != 0);
        assertTrue(taken.onProven(token));
        assertFalse(taken.isProven());

        token = 0;
        taken.sendProven();
        assertTrue(taken.isProven());
        await(dialed.silentLink(), () -> token != 0);
        assertTrue(dialed.onProven(token));
        assertTrue(dialed.isProven());
    }

    @Test
    void shouldNotTakeTheProofOfAnotherAttempt()
    {
        final LinkAgreement taken = greet();
        taken.sendProven();
        assertFalse(taken.onProven(hello.token() + 1));
        assertFalse(taken.isProven());
        assertFalse(dialed.onProven(hello.token()), "it was proven before anything was agreed");
    }

    @Test
    void shouldNotTakeTheAnswerOfAnotherServer()
    {
        final LinkAgreement taken = greet();
        answer(taken, NUMBER);
        assertFalse(dialed.onAnswer(with(3, 2, two.voterSetHash())));
        assertFalse(dialed.onAnswer(with(1, 3, two.voterSetHash())));
        assertFalse(dialed.onAnswer(with(1, 2, two.voterSetHash() + 1)));
        assertNull(dialed.peerHello());
        assertTrue(dialed.onAnswer(with(1, 2, two.voterSetHash())));
    }

    @Test
    void shouldEndWithAWordAndLetItArrive()
    {
        greet();
        dialed.end(Ending.CLOSED, 0);
        await(accepted, () -> ending != null);
        assertEquals(Ending.CLOSED, ending);
        assertTrue(worldOfTwo.lingering().nextDeadlineNs() < Long.MAX_VALUE);
    }

    @Test
    void shouldEndWithoutAWord()
    {
        greet();
        dialed.end(null, 0);
        await(accepted, () -> accepted.readNow(this, 0) == SilentLink.Reading.GONE);
        assertNull(ending);
        assertEquals(Long.MAX_VALUE, worldOfTwo.lingering().nextDeadlineNs());
    }

    @Override
    public void onHello(final LinkHello value)
    {
        hello = value;
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        throw new AssertionError("refused");
    }

    @Override
    public void onProven(final long value)
    {
        token = value;
    }

    @Override
    public void onGenerationEnd(final Ending value)
    {
        ending = value;
    }

    private LinkAgreement greet()
    {
        dialed.sendHello(NUMBER);
        await(accepted, () -> hello != null);

        return LinkAgreement.taken(worldOfOne, ensemble.member(2), accepted, hello, one.mtuLength());
    }

    private void answer(final LinkAgreement taken, final long number)
    {
        hello = null;
        taken.sendHello(number);
        await(dialed.silentLink(), () -> hello != null);
    }

    private LinkHello with(final long serverId, final long receiverId, final long voterSetHash)
    {
        return new LinkHello(serverId, receiverId, hello.processId(), voterSetHash, hello.generation(), hello.token(),
            hello.sessionIds(), hello.udpAddress(), hello.udpPort(), hello.mtuLength(), hello.voters());
    }

    private void await(final SilentLink link, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain");
            assertNotNull(link.readNow(this, 0));
        }
    }
}
