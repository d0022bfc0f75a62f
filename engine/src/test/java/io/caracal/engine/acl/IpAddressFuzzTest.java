/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class IpAddressFuzzTest
{
    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldAgreeWithTheJdk(final byte[] text)
    {
        final String literal = new String(text, StandardCharsets.ISO_8859_1);

        assertArrayEquals(IpReference.parse(literal), IpAddressTest.parse(literal));
    }
}
