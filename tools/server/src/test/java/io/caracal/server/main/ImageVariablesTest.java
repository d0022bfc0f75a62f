/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVariablesTest
{
    private static final Settings ALONE = settings("dataDir=/data\n");

    private static Settings settings(final String text)
    {
        return Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text), new Properties());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ZOO_SERVERS | server.1=zoo1:2888:3888;2181 server.2=zoo2:2888:3888;2181 server.3=zoo3:2888:3888;2181
        ZOO_SERVERS | zoo1:2888:3888,zoo2:2888:3888,0.0.0.0:2888:3888
        ZOO_SERVERS | zoo1:2888:3888::1 zoo2:2888:3888::2 zoo3:2888:3888:observer::3
        ZOOKEEPER_SERVERS | zoo1:22888:23888;zoo2:22888:23888;zoo3:22888:23888
        """)
    void shouldRefuseAnEnsembleThatOnlyAVariableNames(final String name, final String value)
    {
        final String refusal =
            assertThrows(ConfigException.class, () -> ImageVariables.check(Map.of(name, value), ALONE)).getMessage();
        assertTrue(refusal.startsWith("the environment variable " + name + " names 3 servers, but is not read here"),
            refusal);
    }

    @Test
    void shouldIgnoreWhatChangesNoQuorum()
    {
        final String three = "zoo1:2888:3888,zoo2:2888:3888,zoo3:2888:3888";
        assertDoesNotThrow(() -> ImageVariables.check(Map.of("ZOO_MY_ID", "1"), ALONE));
        assertDoesNotThrow(
            () -> ImageVariables.check(Map.of("ZOO_SERVERS", "server.1=localhost:2888:3888;2181"), ALONE));
        assertDoesNotThrow(() -> ImageVariables.check(Map.of("ZOO_SERVERS", three), settings("server.1=a:1:2\n")));
    }
}
