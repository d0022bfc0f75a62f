/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLimitsTest
{
    private static final String IDLE = "sun.net.httpserver.idleInterval";

    private String before;

    @BeforeEach
    void forget()
    {
        before = System.clearProperty(IDLE);
    }

    @AfterEach
    void restore()
    {
        System.clearProperty(IDLE);
        if (before != null)
        {
            System.setProperty(IDLE, before);
        }
    }

    @Test
    void shouldTellTheServerOfTheJdkHowLongAConnectionMayBeIdle()
    {
        HttpLimits.apply(7_000);
        assertEquals("7", System.getProperty(IDLE));

        HttpLimits.apply(9_000);
        assertEquals("7", System.getProperty(IDLE), "who was first decides for the process");
    }

    @Test
    void shouldNotBeLessThanASecond()
    {
        HttpLimits.apply(1);
        assertEquals("1", System.getProperty(IDLE));
    }
}
