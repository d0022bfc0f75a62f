/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Guards a port of the loopback address against pages of the web that a browser on this machine shows: such a page may
 * have its own name resolve to 127.0.0.1, but it cannot make the browser call the server by another name than its own.
 */
final class HostCheck
{
    /** Status of a refusal. */
    static final int REFUSED = 403;
    /** What a refusal says. */
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
