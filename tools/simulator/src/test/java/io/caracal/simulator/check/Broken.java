/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts that a checker finds a violation, and that it is the expected one. */
final class Broken
{
    private Broken()
    {
    }

    static void rule(final String words, final Executable deed)
    {
        final String message = assertThrows(Violation.class, deed).getMessage();
        assertTrue(message.contains(words), message);
    }
}
