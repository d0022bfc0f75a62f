/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Protects a port of the loopback address against web pages in a browser on this machine. Such a page may make its own
 * host name resolve to 127.0.0.1, but it cannot make the browser send another host name than that one.
 */
final class HostCheck
{
    /** HTTP status of a refusal. */
    static final int REFUSED = 403;
    /** Body of a refusal. */
    static final String REASON = "this port belongs to this machine: call it 127.0.0.1 or localhost\n";

    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?");

    private final boolean isLoopback;

    HostCheck(final InetAddress bound)
    {
        isLoopback = bound != null && bound.isLoopbackAddress();
    }

    boolean allows(final String host)
    {
        return !isLoopback || host == null || LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
