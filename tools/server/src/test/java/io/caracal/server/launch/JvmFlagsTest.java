/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Driver;
import java.util.List;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;

class JvmFlagsTest
{
    @Test
    void shouldNameTheFlagsThatAreMissing()
    {
        final List<String> missing = JvmFlags.missing(Object.class.getModule(), ZooKeeper.class.getModule());
        assertEquals(List.of(), missing);
        assertTrue(JvmFlags.missing(Object.class.getModule(), Driver.class.getModule())
            .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
    }
}
