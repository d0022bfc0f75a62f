/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of the web may have its name resolve to this machine, but cannot choose the host that its browser names. */
class HostCheckTest
{
    private static final byte[] ELSEWHERE = { 10, 0, 0, 1 };

    private final HostCheck check = new HostCheck(InetAddress.getLoopbackAddress());

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:8080", "127.8.9.10", "[::1]",
        "[::1]:8080" })
    void shouldAllowTheNamesOfThisMachine(final String host)
    {
        assertTrue(check.allows(host));
    }

    @ParameterizedTest
    @ValueSource(strings = { "evil.example", "localhost.evil.example", "evil.example:127", "127.0.0.1.evil.example",
        "evil-localhost", "127.0.0.1:8080@evil.example", "[::1]evil", "[::2]", "10.0.0.1", "" })
    void shouldRefuseAnyOther(final String host)
    {
        assertFalse(check.allows(host));
    }

    @Test
    void shouldLeaveAPortThatOthersCanReachToThem() throws Exception
    {
        assertTrue(new HostCheck(InetAddress.getByAddress(ELSEWHERE)).allows("evil.example"));
    }
}
