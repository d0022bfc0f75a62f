/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.http.Request;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * The credentials of a request: the address, and the header {@code Authorization: <scheme> <credentials>}. The scheme
 * is one of ZooKeeper's ({@code digest user:password}), not one of HTTP's.
 *
 * @param address     of the client.
 * @param scheme      empty when there is no header.
 * @param credentials secret; must never be logged.
 */
record Credentials(InetAddress address, String scheme, String credentials)
{
    static Credentials of(final Request request)
    {
        final String header = request.header("Authorization");
        final String shown = header == null ? "" : header.trim();
        final int end = shown.indexOf(' ');
        return end < 0 ? new Credentials(request.remoteAddress(), shown, "") : new Credentials(request.remoteAddress(),
            shown.substring(0, end), shown.substring(end + 1).trim());
    }

    boolean areShown()
    {
        return !scheme.isEmpty();
    }

    byte[] bytes()
    {
        return credentials.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString()
    {
        return address + " " + scheme;
    }
}
