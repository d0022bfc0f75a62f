/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest
{
    static byte[] parse(final String text)
    {
        final UnsafeBuffer source = new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
        final UnsafeBuffer target = new UnsafeBuffer(new byte[IpAddress.V6_LENGTH]);
        final int length = new IpLiteral().parse(source, 0, source.capacity(), target);

        if (length == 0)
        {
            return null;
        }

        final byte[] address = new byte[length];
        target.getBytes(0, address);

        return address;
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0", "127.0.0.1", "255.255.255.255", "010.001.000.09", "::", "::1", "1::", "1::8",
        "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "2001:DB8::a:0:b", "::1.2.3.4", "::ffff:1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4", "::ffff:102:304", "fe80::1", "0:0:0:0:0:0:0:0", "1:2:3:4:5::1.2.3.4" })
    void shouldReadLiterals(final String text)
    {
        assertArrayEquals(IpReference.parse(text), parse(text));
        assertTrue(parse(text) != null, text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", ":", "1", "1.2.3", "1.2.3.4.", ".1.2.3.4", "1..2.3", "256.1.1.1", "1.2.3.0001",
        "1.2.3.a",
        "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", ":::", "1:::2", "1::2::3", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:", ":1", "1:2:3:4:5:6:7:", ":2:3:4:5:6:7:8", "12345::", "g::",
        "::g",
        "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::256.1.1.1", "fe80::1%eth0", "[::1]",
        "::1/64",
        "localhost" })
    void shouldRefuseAllElse(final String text)
    {
        assertArrayEquals(null, parse(text), text);
    }

    @Test
    void shouldAgreeWithTheJdkOnRandomTexts()
    {
        final Random random = new Random(11);
        final String[] pieces = { ":", ":", ":", "::", ".", ".", "0", "1", "ab", "ffff", "255", "256", "12345",
            "1.2.3.4" };
        int literals = 0;

        for (int i = 0; i < 100_000; i++)
        {
            final StringBuilder text = new StringBuilder();
            final int count = 1 + random.nextInt(16);

            for (int j = 0; j < count; j++)
            {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            final byte[] expected = IpReference.parse(text.toString());
            assertArrayEquals(expected, parse(text.toString()), text::toString);
            literals += expected == null ? 0 : 1;
        }

        assertTrue(literals > 100, "enough literals");
    }

    @Test
    void shouldFormatAsTheJdk() throws UnknownHostException
    {
        final Random random = new Random(12);
        final UnsafeBuffer text = new UnsafeBuffer(new byte[IpAddress.TEXT_LENGTH_MAX]);

        for (int i = 0; i < 2_000; i++)
        {
            final byte[] address = new byte[random.nextBoolean() ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH];

            for (int j = 0; j < address.length; j++)
            {
                address[j] = (byte)(random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }

            final int length = IpAddress.format(new UnsafeBuffer(address), 0, address.length, text, 0);
            final String formatted = text.getStringWithoutLengthAscii(0, length);

            if (InetAddress.getByAddress(address).getAddress().length == address.length)
            {
                assertEquals(InetAddress.getByAddress(address).getHostAddress(), formatted);
                assertArrayEquals(address, parse(formatted));
            }
        }
    }
}
