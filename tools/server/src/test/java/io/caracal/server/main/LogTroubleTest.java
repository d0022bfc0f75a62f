/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.InfoStatus;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.WarnStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLoggerFactory;

class LogTroubleTest
{
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final LoggerContext context = new LoggerContext();
    private long nowNs = -7;

    private List<String> lines()
    {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void report(final Status status)
    {
        context.getStatusManager().add(status);
    }

    private void tell()
    {
        LogTrouble.tell(context, err, () -> nowNs);
    }

    @Test
    void shouldTellWhatWasWrongBeforeAndWhatIsWrongAfterAConfigurationIsReadAgain()
    {
        report(new WarnStatus("appender is missing", this));
        report(new InfoStatus("all is well", this));
        tell();
        context.reset();
        report(new ErrorStatus("line 3\nis broken", this, new IOException("no end")));

        assertEquals(2, lines().size(), lines()::toString);
        assertTrue(lines().get(0).endsWith(" WARN  Logback - appender is missing"), lines().get(0));
        assertTrue(lines().get(1).endsWith(" ERROR Logback - line 3 is broken: java.io.IOException: no end"), lines()
            .get(1));
    }

    @Test
    void shouldNotFloodTheErrors()
    {
        tell();
        for (int i = 0; i < 3 * LogTrouble.LINES_MAX; i++)
        {
            report(new ErrorStatus("again", this));
        }
        assertEquals(LogTrouble.LINES_MAX, lines().size());
        assertTrue(lines().get(LogTrouble.LINES_MAX - 1).contains("left out"), lines()::toString);

        nowNs += TimeUnit.MINUTES.toNanos(1) + 1;
        report(new ErrorStatus("and again", this));
        assertEquals(LogTrouble.LINES_MAX + 1, lines().size());
    }

    @Test
    void shouldLeaveOtherLoggersAlone()
    {
        LogTrouble.tell(new NOPLoggerFactory(), err, () -> nowNs);
        assertEquals(List.of(), lines());
    }
}
