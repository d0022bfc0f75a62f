/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.util.Map;

/**
 * Sets the limits of the JDK's HTTP server. They hold for the whole process, and the JDK reads them when the server is
 * first used. Values that are set already are kept.
 */
final class HttpLimits
{
    private static final Map<String, String> LIMITS =
        Map.of("jdk.httpserver.maxConnections", Integer.toString(HttpDoor.CONNECTIONS_MAX),
            "sun.net.httpserver.clockTick", "1000", "sun.net.httpserver.maxIdleConnections", "32",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "32768", "sun.net.httpserver.maxReqTime", "3600",
            "sun.net.httpserver.maxRspTime", "3600", "sun.net.httpserver.nodelay", "true");

    private HttpLimits()
    {
    }

    /** Sets the limits that are not set yet. Must be called before the first server is created. */
    static synchronized void apply(final int idleTimeoutMs)
    {
        LIMITS.forEach(HttpLimits::setIfAbsent);
        setIfAbsent("sun.net.httpserver.idleInterval", Integer.toString(Math.max(1, idleTimeoutMs / 1000)));
    }

    private static void setIfAbsent(final String name, final String value)
    {
        if (System.getProperty(name) == null)
        {
            System.setProperty(name, value);
        }
    }
}
