/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The kinds of servers for which every transcript has to hold. */
public final class TestServers
{
    private static final List<Kind> KINDS = List.of(new Kind("ZooKeeper", ZooKeeperTestServer::new));

    private TestServers()
    {
    }

    public static List<Kind> kinds()
    {
        return KINDS;
    }

    /** A name for the test report, and how to start one in an empty directory. */
    public record Kind(String name, Function<Path, TestServer> launch)
    {
        @Override
        public String toString()
        {
            return name;
        }
    }
}
