/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import io.caracal.server.offline.NewServerData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustMarkTest
{
    @TempDir
    private Path dir;

    @BeforeEach
    void makeDirectories() throws IOException
    {
        Files.createDirectories(dir.resolve(DataDirectory.OWN));
        boot("one");
    }

    @Test
    void shouldTrustADiskThatIsForced() throws IOException
    {
        mark("yes").begin();
        boot("two");

        assertTrue(mark("yes").isTrusted());
    }

    @Test
    void shouldNotTrustAnUnforcedDiskAfterAnotherBootUntilItIsSynchronized() throws IOException
    {
        mark("no").begin();
        assertTrue(mark("no").isTrusted());
        boot("two");
        assertFalse(mark("no").isTrusted());
        assertFalse(mark("yes").isTrusted(), "what was lost stays lost when forcing begins");
        mark("no").begin();
        assertFalse(mark("no").isTrusted(), "a start alone brings nothing back");

        mark("no").onEstablished();
        assertTrue(mark("no").isTrusted());
        boot("three");
        assertFalse(mark("no").isTrusted());
    }

    @Test
    void shouldTellDataOfAToolFromThoseOfAnotherBoot() throws IOException
    {
        Files.writeString(dir.resolve(DataDirectory.OWN).resolve(NewServerData.MARK), "made by a tool\n");
        assertFalse(mark("yes").isTrusted());
        assertTrue(mark("yes").doubt().startsWith("these data were imported or restored"), mark("yes").doubt());

        Files.delete(dir.resolve(DataDirectory.OWN).resolve(NewServerData.MARK));
        mark("no").begin();
        boot("two");
        assertTrue(mark("no").doubt().startsWith("the machine was started anew"), mark("no").doubt());
    }

    @Test
    void shouldForgetTheMarkOnceEverythingIsForced() throws IOException
    {
        mark("no").begin();
        mark("yes").onEstablished();
        boot("two");

        assertTrue(mark("yes").isTrusted());
    }

    @Test
    void shouldNotTrustWhereBootsCannotBeToldApart() throws IOException
    {
        Files.delete(bootId());
        mark("no").begin();

        assertFalse(mark("no").isTrusted());
    }

    @Test
    void shouldUseUpTheWordOfTheOperator() throws IOException
    {
        assertFalse(mark("yes").mayBeginBlank());
        Files.createFile(dir.resolve("initialize"));
        assertTrue(mark("yes").mayBeginBlank());
        mark("yes").onEstablished();

        assertFalse(mark("yes").mayBeginBlank());
    }

    @Test
    void shouldSayWhatToDoWhenTheWordOfTheOperatorCannotBeRemoved() throws IOException
    {
        final Path initialize = dir.resolve("initialize");
        Files.createDirectories(initialize.resolve("full"));
        final String words =
            initialize + " counts for one start and cannot be removed (Directory not empty): remove it";

        final IOException alone = assertThrows(IOException.class, mark("yes")::onServing);
        assertTrue(alone.getMessage().startsWith(words), alone.getMessage());
        final UncheckedIOException member = assertThrows(UncheckedIOException.class, mark("yes")::onEstablished);
        assertTrue(member.getMessage().contains(words), member.getMessage());
    }

    private Path bootId()
    {
        return dir.resolve("boot_id");
    }

    private void boot(final String id) throws IOException
    {
        Files.writeString(bootId(), id + "\n");
    }

    private TrustMark mark(final String forceSync)
    {
        final String text = "dataDir=" + dir + "\nforceSync=" + forceSync + "\n";
        return new TrustMark(Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text), new Properties()), bootId());
    }
}
