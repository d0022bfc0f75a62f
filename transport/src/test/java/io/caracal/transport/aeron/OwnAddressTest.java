/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.tcp.SelectIdle;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnAddressTest
{
    private static final InetAddress HERE = PeerEnsemble.LOOPBACK;
    private static final InetAddress OTHER = address("127.0.0.2");
    /** An address of a network reserved for documentation. */
    private static final InetAddress NOT_OF_THIS_MACHINE = address("192.0.2.1");
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1);

    @AfterEach
    void close()
    {
        ensemble.close();
    }

    @Test
    void shouldTellOnceThatTheNameMeansAnotherAddress()
    {
        final OwnAddress address = new OwnAddress(context(HERE));
        address.check(List.of());
        address.check(List.of(OTHER, HERE));
        address.check(List.of());
        told();
        address.check(List.of(OTHER));
        address.check(List.of(OTHER));
        told("changed own-name is 127.0.0.2 now and no longer 127.0.0.1");
        address.check(List.of(HERE));
        address.check(List.of(OTHER));
        told("changed own-name is 127.0.0.2 now and no longer 127.0.0.1");
    }

    /** This is the case behind address translation, or with a separate address to listen on. */
    @Test
    void shouldExpectNothingOfANameThatNeverMeantTheAddress()
    {
        final OwnAddress address = new OwnAddress(context(HERE));
        address.check(List.of(OTHER));
        address.check(List.of(NOT_OF_THIS_MACHINE));
        told();
    }

    @Test
    void shouldTellOnceThatTheMachineLostTheAddress()
    {
        final OwnAddress address = new OwnAddress(context(NOT_OF_THIS_MACHINE));
        address.check(List.of(NOT_OF_THIS_MACHINE));
        address.check(List.of());
        told("changed this machine no longer has the address 192.0.2.1");
    }

    @Test
    void shouldNotTakeALackOfPortsForTheLossOfTheAddress()
    {
        final OwnAddress address = new OwnAddress(context(HERE), () ->
        {
            throw new BindException("Address already in use");
        });
        address.check(List.of(HERE));
        told();
    }

    @Test
    void shouldExpectNothingWhereAllAddressesAreListenedAt()
    {
        final OwnAddress address = new OwnAddress(context(address("0.0.0.0")));
        address.check(List.of(HERE));
        address.check(List.of(OTHER));
        told();
    }

    @Test
    void shouldBeLookedAtWithEachCheckOfTheIdentity()
    {
        final AtomicInteger lookups = new AtomicInteger();
        final PeerContext context = context(HERE);

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            DriverKeeper driver = new DriverKeeper(context, idle);
            LinkWorld world = new LinkWorld(context, idle, driver);
            IdentityCheck check = new IdentityCheck(world, new NameLookup("own-name", world.resolver(),
                host -> new InetAddress[]{ lookups.getAndIncrement() == 0 ? HERE : OTHER })))
        {
            driver.start();
            long nowNs = context.nanoClock().nanoTime();
            finish(check, nowNs);
            told();
            nowNs += INTERVAL_NS;
            finish(check, nowNs);
            told("changed own-name is 127.0.0.2 now and no longer 127.0.0.1");
        }
    }

    private static void finish(final IdentityCheck check, final long nowNs)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (check.poll(nowNs) == 0)
        {
            Thread.onSpinWait();
            assertTrue(System.nanoTime() - deadlineNs < 0, "the check does not end");
        }
    }

    /** Asserts what was reported about addresses. A driver also reports what other servers left in shared memory. */
    private void told(final String... expected)
    {
        assertEquals(List.of(expected), ensemble.events().all().stream().filter(event -> event.startsWith("changed"))
            .collect(Collectors.toList()));
    }

    private PeerContext context(final InetAddress own)
    {
        final PeerEnsemble.Ports ports = ensemble.ports(1);

        return ensemble.contextOf(1).member(new PeerMember(1, "own-name", ports.udp(), ports.tcp(), true))
            .listen(new InetSocketAddress(own, ports.udp()), new InetSocketAddress(own, ports.tcp())).conclude();
    }

    private static InetAddress address(final String literal)
    {
        try
        {
            return InetAddress.getByName(literal);
        }
        catch (final UnknownHostException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
