/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.Descriptors;
import io.caracal.journal.testing.FaultyFileSystem.Fault;
import io.caracal.journal.testing.RealStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Repeats the life of a server. In each life one call to the file system fails, or all calls from one on. One call of
 * each kind is tried in turn; with the system property {@code caracal.faults.all}, every single call in every way.
 */
class EachCallFailsTest
{
    private static final boolean ALL = Boolean.getBoolean("caracal.faults.all");
    private static final List<Failure> WAYS = List.of(new Failure(Fault.BROKEN, false), new Failure(Fault.AFTERWARDS,
        false), new Failure(Fault.NO_ROOM, false), new Failure(Fault.BROKEN, true));

    private static final int THREADS = 4;

    /** Number of lives in which to wait for a call that two threads may make at different times, or not at all. */
    private static final int LIVES_MAX = 20;

    /** Calls that lengthen a file, or create a file or a name. */
    private static final Set<String> LENGTHENING = Set.of("write", "reserve", "createDirectory", "rename");

    private final byte[] file = RealStorage.snapshotOfAnother(ServerLife.RECEIVED);

    /** The way in which calls fail. */
    private record Failure(Fault fault, boolean isLasting)
    {
        private boolean suits(final String call)
        {
            return fault != Fault.NO_ROOM || LENGTHENING.contains(call.substring(0, call.indexOf(' ')));
        }
    }

    @Test
    void shouldKeepWhatItToldWhicheverCallFails() throws InterruptedException, ExecutionException
    {
        final List<Callable<Void>> failures = new ArrayList<>();
        final Set<String> kinds = new HashSet<>();
        for (final String call : callsOfALife())
        {
            final String kind = call.replaceAll("[0-9]{5,}|[0-9a-f]{16}|#.*", "");
            if (ALL)
            {
                WAYS.stream().filter(way -> way.suits(kind)).forEach(way -> failures.add(() -> fail(call, way)));
            }
            else if (kinds.add(kind))
            {
                failures.add(() -> fail(call, wayOf(kind)));
            }
        }

        runAll(failures);
    }

    /** Runs the lives in parallel, because most of each is waiting for the disk. */
    private static void runAll(final List<Callable<Void>> failures) throws InterruptedException, ExecutionException
    {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try
        {
            for (final Future<Void> failure : threads.invokeAll(failures))
            {
                failure.get();
            }
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    /**
     * Chooses the way in which a call fails. It is the same in each run, in whatever order two threads make their
     * calls.
     */
    private static Failure wayOf(final String kind)
    {
        final List<Failure> suiting = WAYS.stream().filter(way -> way.suits(kind)).toList();
        return suiting.get(Math.floorMod(kind.hashCode(), suiting.size()));
    }

    private List<String> callsOfALife()
    {
        try (ServerLife life = new ServerLife(file))
        {
            final Aim aim = new Aim(life.storage.directory(), "", WAYS.get(0));
            life.storage.fileSystem.faults(aim::of);
            life.live();
            assertTrue(life.isLivedThrough());
            final List<String> calls = aim.calls();
            life.checkNextStart();
            return calls;
        }
    }

    private Void fail(final String call, final Failure way) throws IOException
    {
        for (int i = 0; i < LIVES_MAX; i++)
        {
            if (isHit(call, way))
            {
                return null;
            }
        }

        throw new AssertionError("in " + LIVES_MAX + " lives there was no " + call + " that could have failed");
    }

    /** Runs one life. Returns false if the call that was to fail was not made. */
    private boolean isHit(final String call, final Failure way) throws IOException
    {
        try (ServerLife life = new ServerLife(file))
        {
            final Aim aim = new Aim(life.storage.directory(), call, way);
            life.storage.fileSystem.faults(aim::of);
            life.live();
            life.storage.fileSystem.faults((any, path) -> Fault.NONE);
            assertEquals(List.of(), Descriptors.below(life.storage.directory()));
            life.checkNextStart();
            return aim.isHit();
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw new AssertionError(way + " of " + call + ": " + ex, ex);
        }
    }

    /** Names each call by its kind and its number within that kind, and lets one of them fail. */
    private static final class Aim
    {
        private final Path directory;
        private final String target;
        private final Failure way;
        private final List<String> calls = new ArrayList<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private boolean isHit;

        private Aim(final Path directory, final String target, final Failure way)
        {
            this.directory = directory;
            this.target = target;
            this.way = way;
        }

        private synchronized Fault of(final String call, final Path path)
        {
            final String place = directory.relativize(path).toString().replaceAll("-[0-9a-f]{16}(/|$)", "$1");
            final String name = call + " " + place + " #" + counts.merge(call + " " + place, 1, Integer::sum);
            calls.add(name);
            final boolean isMeant = name.equals(target);
            isHit |= isMeant;
            return isMeant || (isHit && way.isLasting) ? way.fault : Fault.NONE;
        }

        private synchronized boolean isHit()
        {
            return isHit;
        }

        private synchronized List<String> calls()
        {
            return List.copyOf(calls);
        }
    }
}
