/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedCommandTest
{
    @Test
    void shouldLeavePlainWordsAsTheyAre()
    {
        assertEquals("caracal bench", TypedCommand.line(List.of()));
        assertEquals("caracal bench ensemble --only lone-write,idle --dir=/data/a_b-c.1", TypedCommand.line(List.of(
            "ensemble", "--only", "lone-write,idle", "--dir=/data/a_b-c.1")));
    }

    @Test
    void shouldQuoteWhatAShellWouldRead()
    {
        assertEquals("caracal bench --dir '/my disk/run' --html '~/a'\\''b.html' '' '$HOME'", TypedCommand.line(List.of(
            "--dir", "/my disk/run", "--html", "~/a'b.html", "", "$HOME")));
    }
}
