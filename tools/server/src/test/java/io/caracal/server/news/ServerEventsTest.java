/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.server.KeptLog;
import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.RoleFigure;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.ThreadClock;
import io.caracal.server.metrics.Vital;
import io.caracal.server.record.PathSampling;
import io.caracal.server.record.Recording;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class ServerEventsTest
{
    private static final long MS = 1_000_000;

    /** Collects warnings. */
    private static final class Warnings extends LegacyAbstractLogger
    {
        private static final long serialVersionUID = 1;

        private final transient List<String> texts = new ArrayList<>();
        private int causes;

        @Override
        public boolean isTraceEnabled()
        {
            return false;
        }

        @Override
        public boolean isDebugEnabled()
        {
            return false;
        }

        @Override
        public boolean isInfoEnabled()
        {
            return false;
        }

        @Override
        public boolean isWarnEnabled()
        {
            return true;
        }

        @Override
        public boolean isErrorEnabled()
        {
            return true;
        }

        @Override
        protected String getFullyQualifiedCallerName()
        {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(final Level level, final Marker marker, final String message,
            final Object[] arguments, final Throwable cause)
        {
            causes += cause == null ? 0 : 1;
            texts.add(MessageFormatter.arrayFormat(message, arguments).getMessage());
        }
    }

    @Test
    void shouldWarnOfForcesThatAreSlowerThanTold()
    {
        final Warnings log = new Warnings();
        final ServerEvents events = new ServerEvents(log, null, 20 * MS, Path.of("/log"), 1, 1_000);
        events.onForced(20 * MS, 1, 1);
        assertEquals(List.of(), log.texts);
        events.onForced(21 * MS, 1, 1);
        assertEquals(List.of("the disk took 21 ms to force the transaction log; clients wait for that long"),
            log.texts);

        events.forceWarningNs(30 * MS);
        events.onForced(25 * MS, 1, 1);
        assertEquals(1, log.texts.size(), "another threshold since");
    }

    /** When a file is missing, the stack trace helps nobody; the reason does. */
    @Test
    void shouldTellWhyASnapshotFailedInOneLine()
    {
        final Warnings log = new Warnings();
        final ServerEvents events = new ServerEvents(log, null, 20 * MS, Path.of("/log"), 1, 1_000);
        events.onSnapshotFailed(0x10, new NoSuchFileException("/data/snapshot.tmp"));
        events.onSnapshotFailed(0x11, new FileSystemException("/data/snapshot.tmp", null, "Input/output error"));
        events.onSnapshotFailed(0x12, new IllegalStateException("not foreseen"));

        assertEquals(List.of(
            "snapshot of 0x10 failed (/data/snapshot.tmp: No such file or directory), the server goes " +
                "on without it; the log is kept until one succeeds",
            "snapshot of 0x11 failed (/data/snapshot.tmp: Input/output error), the server goes on without it; the " +
                "log is kept until one succeeds",
            "snapshot of 0x12 failed, the server goes on without it"), log.texts);
        assertEquals(1, log.causes, "only what nobody foresaw is shown with the place in the program");
    }

    @Test
    void shouldTellWhyAFileCouldNotBeRemoved()
    {
        final Warnings log = new Warnings();
        new ServerEvents(log, null, 20 * MS, Path.of("/log"), 1, 1_000).onRemoveFailed("/data/segment",
            new NoSuchFileException("/data/segment"));
        assertEquals(List.of("/data/segment is needed no more and could not be removed (No such file or directory); " +
            "the server goes on, and tries again later"), log.texts);
    }

    @Test
    void shouldTellWhatTheNextSegmentWaitsFor()
    {
        final Warnings log = new Warnings();
        final ServerEvents events = new ServerEvents(log, null, 20 * MS, Path.of("/log"), 7, 1_000);
        events.onSpace(new NoSpaceException("no room on disk for /log/segment"));
        events.onSpace(new NoDescriptorException("/log/segment"));
        events.onSpace(null);
        assertEquals(2, log.texts.size(), log.texts::toString);
        assertTrue(log.texts.get(0).startsWith("no room left for another segment of the transaction log in /log; " +
            "free 7 MB there; it goes on by itself"), log.texts::toString);
        assertTrue(log.texts.get(1).startsWith("no file can be opened for another segment of the transaction log"),
            log.texts::toString);
        assertTrue(log.texts.get(1).contains("ulimit -n"), log.texts::toString);
    }

    @Test
    void shouldTellOfFilesThatAreMissing()
    {
        final Warnings log = new Warnings();
        new ServerEvents(log, null, 20 * MS, Path.of("/log"), 1, 1_000).onFilesMissing("/data/segments");
        assertEquals(1, log.texts.size());
        assertTrue(log.texts.get(0).startsWith("/data/segments was removed or replaced under this server"),
            log.texts.get(0));
    }

    @Test
    void shouldNameTheLeaderAndItsEpochInAnEnsembleOnly()
    {
        try (KeptLog log = new KeptLog("leaders"); ServerMetrics metrics = ServerMetrics.unshared())
        {
            tellOfLeaders(metrics, true);
            assertEquals("""
                looking: own history is loaded
                following: a leader was found (server 3)
                following: established (server 3 leads, epoch 7)
                looking: the leader is silent
                leading: elected (server 1)
                leading: established (server 1 leads, epoch 8)""", log.text());
        }
        try (KeptLog log = new KeptLog("leaders"); ServerMetrics metrics = ServerMetrics.unshared())
        {
            tellOfLeaders(metrics, false);
            assertTrue(log.text().endsWith("leading: elected\nleading: established"), log.text());
        }
    }

    private static void tellOfLeaders(final ServerMetrics metrics, final boolean isEnsemble)
    {
        final ServerEvents events = new ServerEvents(LoggerFactory.getLogger("leaders"), new RoleBoard(isEnsemble, () ->
        {
        }), 20 * MS, Path.of("/log"), 1, 1_000);
        events.metrics(metrics);
        try (Recording recording = recording(metrics, events))
        {
            events.recording(recording);
            events.onState("looking", "own history is loaded");
            events.onLeader(3, 0);
            events.onState("following", "a leader was found");
            events.onLeader(3, 7);
            events.onState("following", "established");
            events.onState("looking", "the leader is silent");
            events.onLeader(1, 0);
            events.onState("leading", "elected");
            events.onLeader(1, 8);
            events.onState("leading", "established");
        }
    }

    private static Recording recording(final ServerMetrics metrics, final ServerEvents events)
    {
        return new Recording(new Recording.Options(0, false, 1, PathSampling.OFF), metrics, new CountersSink(metrics,
            () -> 0, () -> ThreadClock.UNKNOWN, events), () -> 0, () -> 0, () ->
            {
            }, cause ->
            {
            });
    }

    @Test
    void shouldShowARoleInTheFiguresBeforeAnyoneIsTold()
    {
        final List<Long> seen = new ArrayList<>();
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final RoleBoard roles = new RoleBoard(false, () -> seen.add(metrics.vital(Vital.ROLE).getAcquire()));
            final ServerEvents events = new ServerEvents(new Warnings(), roles, 20 * MS, Path.of("/log"), 1, 1_000);
            events.metrics(metrics);
            try (Recording recording = recording(metrics, events))
            {
                events.recording(recording);
                events.onState("leading", "elected");
                events.onState("leading", "established");
                assertEquals(List.of((long)RoleFigure.LOOKING.ordinal(), (long)RoleFigure.STANDALONE.ordinal()), seen);
            }
        }
    }
}
