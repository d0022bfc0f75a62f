/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LoadReportTest
{
    private final LatencyRecorder recorder = new LatencyRecorder(OperationMix.only(Operation.GET));
    private final AgentTotals totals = new AgentTotals();
    private final LoadReport report = new LoadReport(recorder, totals, 1);

    @Test
    void shouldBeWholeWhenAllWasAnsweredWithoutAnError()
    {
        recorder.record(Operation.GET, 0, 5);

        assertSame(report, report.requireWhole("caracal"));
    }

    @Test
    void shouldNotBeWholeWhenARequestWasLost()
    {
        totals.lost = 3;

        assertRefused("3 requests lost, 0 not sent, errors by code {}");
    }

    @Test
    void shouldNotBeWholeWhenARequestCouldNotBeSent()
    {
        totals.unsent = 4;

        assertRefused("0 requests lost, 4 not sent, errors by code {}");
    }

    @Test
    void shouldNotBeWholeWhenARequestWasAnsweredWithAnError()
    {
        recorder.record(Operation.GET, -101, 5);

        assertRefused("0 requests lost, 0 not sent, errors by code {-101=1}");
    }

    private void assertRefused(final String why)
    {
        final LoadException thrown = assertThrows(LoadException.class, () -> report.requireWhole("caracal"));
        assertEquals("a figure of caracal would be worthless: " + why, thrown.getMessage());
    }
}
