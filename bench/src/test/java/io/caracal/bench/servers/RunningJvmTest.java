/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Figures;

import org.junit.jupiter.api.Test;

class RunningJvmTest
{
    @Test
    void shouldLeaveOutAccessToModules()
    {
        assertEquals("-Xmx1000m -XX:+UseSerialGC", RunningJvm.flags("4711:\nVM Arguments:\njvm_args: " +
            "--add-opens=java.base/java.lang=ALL-UNNAMED -Xmx1000m --add-exports=a/b=c -XX:+UseSerialGC \n" +
            "java_command: Main\n"));
        assertEquals("no flags", RunningJvm.flags("4711:\nVM Arguments:\njava_command: Main\n"));
    }

    @Test
    void shouldTellOfThisProcess()
    {
        final Figures figures = new Figures();
        RunningJvm.tell(figures, "test", ProcessHandle.current().pid());

        final String fact = figures.facts().get("JVM of test");
        assertTrue(fact.contains("-XX:+UseSerialGC"), fact);
        assertFalse(fact.contains("--add-opens"), fact);
    }
}
