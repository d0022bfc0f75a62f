/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.ChildProcess;
import java.util.List;
import org.agrona.ExpandableDirectByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * A server's first learner may arrive long after its loop was compiled. No buffer class may be loaded then, because the
 * JVM would discard all code that was compiled on the assumption that no such class exists.
 */
class KindsOfBuffersTest
{
    @Test
    void shouldHaveLoadedEveryKindOfBufferBeforeTheFirstRead() throws InterruptedException
    {
        try (
            ChildProcess child = new ChildProcess(List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load=info:stdout:none"),
                FirstReadMain.class))
        {
            assertEquals(0, child.exitCode());

            final List<String> lines = child.rest();
            final int started = lines.indexOf(FirstReadMain.STARTED);
            assertTrue(started >= 0 && lines.contains(FirstReadMain.READ + 50), lines::toString);
            assertTrue(lines.subList(0, started).stream().anyMatch(line -> isLoad(line,
                ExpandableDirectByteBuffer.class.getName())), "it is not loaded at the start");
            assertFalse(lines.subList(started, lines.size()).stream().anyMatch(KindsOfBuffersTest::isBuffer),
                () -> "late: " + lines.stream().skip(started).filter(KindsOfBuffersTest::isBuffer).toList());
        }
    }

    private static boolean isLoad(final String line, final String name)
    {
        return line.startsWith(name + " source:");
    }

    private static boolean isBuffer(final String line)
    {
        return line.matches("org\\.agrona\\.(concurrent\\.)?[A-Za-z]*Buffer source:.*");
    }
}
