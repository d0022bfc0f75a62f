/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisibleTest
{
    private static final String ORDERS = "\u001b[2J\u009b31mred\u202eder\r\n\tend\u0007";

    @Test
    void shouldKeepDataFromGivingOrdersToAScreen()
    {
        final String shown = "\\u001b[2J\\u009b31mred\\u202eder\\u000d\n\tend\\u0007";
        assertEquals(shown, Visible.of(ORDERS));
        assertEquals(shown + "\n", written(true));
    }

    @Test
    void shouldLeaveTextAsItIs()
    {
        final String text = "{\"größe\": 1}\n\t\uD83D\uDE00";
        assertSame(text, Visible.of(text));
        assertEquals(ORDERS + "\n", written(false), "a script wants what is there");
    }

    private static String written(final boolean isForPerson)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final StreamTerminal terminal = new StreamTerminal(out, new ByteArrayOutputStream(), isForPerson);
        terminal.out(ORDERS);
        terminal.flush();

        return out.toString(StandardCharsets.UTF_8);
    }
}
