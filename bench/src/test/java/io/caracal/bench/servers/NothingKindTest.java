/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class NothingKindTest
{
    @Test
    void shouldAnswerWithThePayloadThatTheOthersAreFilledWith() throws IOException
    {
        final List<String> command = ServerKinds.named(List.of("nothing"), "1000m", 1_234, line ->
        {
        }).get(0).command(Path.of("."), 2181, true);

        assertEquals("1234", command.get(command.indexOf("--payload") + 1));
    }

    @Test
    void shouldHaveTheCollectorOfCaracal() throws IOException
    {
        final Path config = Path.of("zoo.cfg");

        assertEquals(collectors(new CaracalKind().launch(Path.of("."), config, true)), collectors(new NothingKind(100)
            .command(Path.of("."), 2181, true)));
    }

    private static List<String> collectors(final List<String> command)
    {
        return command.stream().filter(flag -> flag.matches("-XX:\\+Use.*GC")).toList();
    }
}
