/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotersMarkTest
{
    private static final String ONE = "server.1=a:1:2";
    private static final String TWO = "server.2=b:1:2";

    @TempDir
    private Path dir;

    @BeforeEach
    void makeDirectories() throws IOException
    {
        Files.createDirectories(dir.resolve(DataDirectory.OWN));
    }

    @Test
    void shouldBelieveAServerThatNeverServed()
    {
        assertFalse(mark(ONE, TWO).haveChanged());
    }

    @Test
    void shouldNoticeOtherVotersUntilTheServerServesWithThem()
    {
        mark(ONE, TWO, "server.3=c:1:2").onEstablished();
        assertFalse(mark(ONE, TWO, "server.3=c:1:2").haveChanged());
        assertTrue(mark(ONE, TWO).haveChanged());
        assertEquals("servers 1,2 vote now, and servers 1,2,3 voted when this one last served", mark(ONE, TWO)
            .change());
        assertTrue(mark(ONE, TWO).haveChanged(), "a start alone changes nothing");

        mark(ONE, TWO).onEstablished();
        assertFalse(mark(ONE, TWO).haveChanged());
        assertTrue(mark(ONE, TWO, "server.3=c:1:2").haveChanged());
    }

    @Test
    void shouldNoticeAVoterThatBecomesAnObserver()
    {
        mark(ONE, TWO, "server.3=c:1:2").onEstablished();

        assertTrue(mark(ONE, TWO, "server.3=c:1:2:observer").haveChanged());
    }

    @Test
    void shouldTakeNoNoticeOfAddressesAndObservers()
    {
        mark(ONE, TWO, "server.3=c:1:2:observer").onEstablished();

        assertFalse(mark("server.1=elsewhere:3:4", TWO, "server.4=d:1:2:observer").haveChanged());
    }

    /** What was written by half, or by somebody else, is no reason to believe that nothing has changed. */
    @Test
    void shouldNotBelieveWhatItCannotRead() throws IOException
    {
        Files.write(dir.resolve(DataDirectory.OWN).resolve("voters"), new byte[]{ (byte)0xff });

        assertTrue(mark(ONE, TWO).haveChanged());
    }

    @Test
    void shouldNameTheFileThatItCannotWrite() throws IOException
    {
        Files.delete(dir.resolve(DataDirectory.OWN));

        final UncheckedIOException ex = assertThrows(UncheckedIOException.class, mark(ONE, TWO)::onEstablished);
        assertTrue(ex.getMessage().contains("voters cannot be written"), ex.getMessage());
    }

    private VotersMark mark(final String... lines)
    {
        final String text = "dataDir=" + dir + "\nclientPort=2181\n" + String.join("\n", lines) + "\n";
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text), new Properties());

        return new VotersMark(settings, Membership.of(settings));
    }
}
