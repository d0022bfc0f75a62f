/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.compatibility.disk.SmallDisk;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Settings of a server by their zoo.cfg names, which ZooKeeper and Caracal share. Times are chosen for tests, and data
 * is not forced.
 */
public final class ServerSettings
{
    private final Map<String, String> values = new LinkedHashMap<>();
    private String heap = "-Xmx512m";
    private SmallDisk disk;

    public ServerSettings()
    {
        values.put("tickTime", "2000");
        values.put("maxClientCnxns", "0");
        values.put("forceSync", "no");
        values.put("extendedTypesEnabled", "true");
        values.put("admin.enableServer", "false");
        values.put("4lw.commands.whitelist", "*");
    }

    public ServerSettings with(final String key, final String value)
    {
        values.put(key, value);
        return this;
    }

    public ServerSettings without(final String key)
    {
        values.remove(key);
        return this;
    }

    /** Sets the maximum heap of the child as a JVM option, for example -Xmx1g. */
    public ServerSettings heap(final String option)
    {
        heap = option;
        return this;
    }

    /** Puts the data on a file system of its own. */
    public ServerSettings disk(final SmallDisk newDisk)
    {
        disk = newDisk;
        return this;
    }

    ServerSettings copy()
    {
        final ServerSettings copy = new ServerSettings();
        copy.values.clear();
        copy.values.putAll(values);
        copy.heap = heap;
        copy.disk = disk;
        return copy;
    }

    /** Reads a file in the format of zoo.cfg. */
    static Properties read(final Path file) throws IOException
    {
        final Properties properties = new Properties();

        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8))
        {
            properties.load(reader);
        }

        return properties;
    }

    Map<String, String> values()
    {
        return values;
    }

    SmallDisk disk()
    {
        return disk;
    }

    String heap()
    {
        return heap;
    }
}
