/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Note;

import java.util.List;

import org.junit.jupiter.api.Test;

class DescriptorsTest
{
    private static final String FEWER = "caracal bench --only sessions-%d";

    private final Figures figures = new Figures();

    @Test
    void shouldSayWhatToTypeWhereTheSystemAllowsTooFew()
    {
        assertFalse(Descriptors.suffice("sessions-100000", 100_000, 1, FEWER, figures, 20_000));
        assertEquals(List.of(new Note("sessions-100000", "left out: a server with 100000 connections needs " +
            "100500 file descriptors, and the system allows 20000; raise that before the run with: ulimit -n " +
            "100500, or where it is refused ask for the most that fits: caracal bench --only sessions-19500")),
            figures.notes());
    }

    @Test
    void shouldBeContentWithTheMostThatFits()
    {
        assertTrue(Descriptors.suffice("sessions-19500", 19_500, 1, FEWER, figures, 20_000));
        assertEquals(List.of(), figures.notes());
    }

    @Test
    void shouldNotAskForACrowdOfNobody()
    {
        assertFalse(Descriptors.suffice("sessions-10", 10, 1, FEWER, figures, 256));
        assertEquals(List.of(new Note("sessions-10", "left out: a server with 10 connections needs 510 file " +
            "descriptors, and the system allows 256; raise that before the run with: ulimit -n 510")),
            figures.notes());
    }

    @Test
    void shouldDealConnectionsOutToServers()
    {
        final String fewer = "caracal bench ensemble --only sessions-reconnect --size 6 --sessions %d";
        assertTrue(Descriptors.suffice("sessions-reconnect", 97_500, 5, fewer, figures, 20_000));
        assertFalse(Descriptors.suffice("sessions-reconnect", 97_501, 5, fewer, figures, 20_000));
        final String said = figures.notes().get(0).text();
        assertTrue(said.contains("a server with 19501 connections needs 20001 file descriptors"), said);
        assertTrue(said.endsWith("--size 6 --sessions 97500"), said);
    }
}
