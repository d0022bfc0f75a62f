/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleArgumentsTest
{
    @Test
    void shouldTakeOptionsInAnyOrder()
    {
        final EnsembleArguments arguments = EnsembleArguments.parse("--dir", "/d", "a=b", "3", "--observers=2",
            "--base-port", "0");

        assertEquals(new EnsembleArguments(3, 2, Path.of("/d"), 0, List.of("a=b")), arguments);
    }

    @Test
    void shouldSayWhatIsWrongWithAWord()
    {
        assertRefused("unknown option -x", "-x");
        assertRefused("unknown option -x", "3", "-x");
        assertRefused("unknown option --nope", "3", "--nope=1");
        assertRefused("N is given twice, 3 and 5", "3", "5");
        assertRefused("N is three: write a number from 1 to 32", "three");
    }

    /** The server would be somewhere else than the command says. */
    @Test
    void shouldRefuseSettingsOfWhichEachServerHasItsOwn()
    {
        assertRefused("dataDir is no setting for every server: name the parent of all with --dir", "1", "dataDir=/d");
        assertRefused("clientPort is no setting for every server: name the first one with --base-port", "1",
            "clientPort=2181");
        assertRefused("server.2 is no setting for every server: N and --observers say which servers there are", "1",
            "server.2=127.0.0.1:2888:3888");
    }

    /** Otherwise the next option would be the name of a directory that is made, or the number nobody meant. */
    @Test
    void shouldNotTakeTheNextOptionForAValue()
    {
        assertRefused("--dir needs a directory", "3", "--dir", "--observers=1");
        assertRefused("--dir needs a directory", "3", "--dir");
        assertRefused("--observers has no value: write a number from 0 to 32", "3", "--observers", "--dir", "/d");
    }

    private static void assertRefused(final String message, final String... words)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> EnsembleArguments.parse(words))
            .getMessage());
    }
}
