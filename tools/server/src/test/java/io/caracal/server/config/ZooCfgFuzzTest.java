/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Any text is read as {@code java.util.Properties} reads it, which is how ZooKeeper reads the same file. The empty key
 * is left out, because no setting has it.
 */
class ZooCfgFuzzTest
{
    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldReadWhatTheJdkReads(final byte[] bytes) throws IOException
    {
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final Properties reference = new Properties();
        try
        {
            reference.load(new StringReader(text));
        }
        catch (final IllegalArgumentException badEscape)
        {
            assertRefused(text);
            return;
        }

        final Map<String, String> read = new LinkedHashMap<>();
        ZooCfg.parse("zoo.cfg", text).lines().forEach(line -> read.put(line.key(), line.value()));
        reference.remove("");
        read.remove("");
        assertEquals(reference.stringPropertyNames(), read.keySet());
        read.forEach((key, value) -> assertEquals(reference.getProperty(key).trim(), value, key));
    }

    private static void assertRefused(final String text)
    {
        try
        {
            ZooCfg.parse("zoo.cfg", text);
            throw new AssertionError("takes an escape that the JDK refuses");
        }
        catch (final ConfigException refused)
        {
            assertTrue(refused.getMessage().startsWith("zoo.cfg:"), refused.getMessage());
        }
    }
}
