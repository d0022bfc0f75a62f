/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

/** The version of this Caracal. */
public final class Version
{
    private static final DateTimeFormatter BUILT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);
    private static final Properties PROPERTIES = load();

    private Version()
    {
    }

    /**
     * The version of Caracal.
     *
     * @return such as {@code 0.1.0}.
     */
    public static String caracal()
    {
        return PROPERTIES.getProperty("version");
    }

    /**
     * The version of ZooKeeper whose protocol this server speaks.
     *
     * @return such as {@code 3.9.5}.
     */
    public static String protocol()
    {
        return PROPERTIES.getProperty("protocol");
    }

    /**
     * The version as reported to ZooKeeper's tools, which read a version of ZooKeeper up to the first hyphen.
     *
     * @return protocol, Caracal's version, and date of the build.
     */
    public static String forTools()
    {
        return protocol() + "-caracal-" + caracal() + ", built on " +
            BUILT.format(Instant.parse(PROPERTIES.getProperty("built")));
    }

    private static Properties load()
    {
        try (InputStream in = Version.class.getResourceAsStream("version.properties"))
        {
            final Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
