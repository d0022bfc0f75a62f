/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.Descriptors;
import io.caracal.journal.testing.FaultyFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The life of a server, again and again, in which one call to the file system fails, or all from one on: one call of
 * each kind in turn, with the system property {@code caracal.faults.all} each single call in each way.
 */
class EachCallFailsTest
{
    private static final boolean ALL = Boolean.getBoolean("caracal.faults.all");
    private static final List<Failure> WAYS = List.of(new Failure(Fault.BROKEN, false), new Failure(Fault.AFTERWARDS,
        false), new Failure(Fault.NO_ROOM, false), new Failure(Fault.BROKEN, true));

    private final byte[] file = ServerLife.fileOfAnother();

    /** How calls fail. */
    private record Failure(Fault fault, boolean isLasting)
    {
        /** Only what makes a file longer, or makes one, may find no room. */
        private boolean suits(final String call)
        {
            return fault != Fault.NO_ROOM || call.startsWith("write") || call.startsWith("reserve") || call.startsWith(
                "create");
        }
    }

    @Test
    void shouldKeepWhatItToldWhicheverCallFails() throws IOException
    {
        final Set<String> kinds = new HashSet<>();
        for (final String call : callsOfALife())
        {
            final String kind = call.replaceAll("[0-9]{5,}|[0-9a-f]{16}|#.*", "");
            if (ALL)
            {
                failInEachWay(call);
            }
            else if (kinds.add(kind))
            {
                fail(call, wayOf(kind));
            }
        }
    }

    /** The same in each run, in whatever order two threads make their calls. */
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
            life.checkNextStart();
            return aim.calls();
        }
    }

    private void failInEachWay(final String call) throws IOException
    {
        for (final Failure way : WAYS)
        {
            if (way.suits(call))
            {
                fail(call, way);
            }
        }
    }

    private void fail(final String call, final Failure way) throws IOException
    {
        try (ServerLife life = new ServerLife(file))
        {
            life.storage.fileSystem.faults(new Aim(life.storage.directory(), call, way)::of);
            life.live();
            life.storage.fileSystem.faults((any, path) -> Fault.NONE);
            assertEquals(List.of(), Descriptors.below(life.storage.directory()));
            life.checkNextStart();
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw new AssertionError(way + " of " + call + ": " + ex, ex);
        }
    }

    /** Names each call, with its number among those like it, and lets one of them fail. */
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

        private synchronized List<String> calls()
        {
            return List.copyOf(calls);
        }
    }
}
