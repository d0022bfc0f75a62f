/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest
{
    private static UnsafeBuffer utf8(final String path)
    {
        return new UnsafeBuffer(path.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isValid(final String path)
    {
        final UnsafeBuffer buffer = utf8(path);
        return PathRules.isValid(buffer, 0, buffer.capacity());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/a", "/a/b", "/...", "/.a", "/..a", "/a..", "/a.b/..c", "/ ", "/\u00a0", "/\u00e9",
        "/\u0800", "/\ud7ff", "/\uf900", "/\uffef", "/~", "/a/.../b" })
    void shouldAccept(final String path)
    {
        assertTrue(isValid(path));
        assertTrue(PathRulesReference.isValid(path.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "abc/d", "//", "/a/", "//x", "/a//b", "/.", "/..", "/./x", "/../x", "/a/.",
        "/a/..",
        "/a/./b", "/a/../b", "/\u0000", "/a\u0001", "/\u001f", "/\u007f", "/\u0080", "/\u009f", "/\ue000", "/\uf8ff",
        "/\ufff0", "/\ufffd", "/\uffff", "/\ud83d\ude00", "/a\u0000/b" })
    void shouldRefuse(final String path)
    {
        assertFalse(isValid(path));
        assertFalse(PathRulesReference.isValid(path.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "2f80", "2fc3", "2fc0af", "2fc1bf", "2fe08080", "2fe09fbf", "2fe282", "2feda080",
        "2fedbfbf",
        "2feda0bdedb880", "2ff09f9880", "2ff8888080", "2fff", "2fc328", "2fe28228", "2fe22882" })
    void shouldRefuseBytesThatAreNoPermittedUtf8(final String digits)
    {
        final DirectBuffer buffer = RequestSamples.hex(digits);
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);

        assertFalse(PathRules.isValid(buffer, 0, buffer.capacity()));
        assertFalse(PathRulesReference.isValid(bytes));
    }

    @Test
    void shouldAgreeWithReferenceOnEveryCharacter()
    {
        for (int character = 0; character <= 0xFFFF; character++)
        {
            if (character < 0xD800 || character > 0xDFFF)
            {
                final byte[] path = ("/a" + (char)character + "b").getBytes(StandardCharsets.UTF_8);
                assertEquals(PathRulesReference.isValid(path), PathRules.isValid(new UnsafeBuffer(path), 0,
                    path.length),
                    "character " + character);
            }
        }
    }

    @Test
    void shouldAgreeWithReferenceOnRandomBytes()
    {
        final Random random = new Random(20260101);
        final byte[] alphabet = { '/', '.', 'a', (byte)0xC2, (byte)0xC3, (byte)0xE0, (byte)0xED, (byte)0xEF, (byte)0xF0,
            (byte)0x80, (byte)0x9F, (byte)0xA0, (byte)0xBF, (byte)0xB0, 0x1F, 0x7F, 0 };
        int validCount = 0;

        for (int i = 0; i < 200_000; i++)
        {
            final byte[] path = new byte[1 + random.nextInt(8)];

            for (int j = 0; j < path.length; j++)
            {
                path[j] =
                    random.nextInt(3) == 0 ? alphabet[random.nextInt(alphabet.length)] : alphabet[random.nextInt(3)];
            }

            final boolean isValid = PathRules.isValid(new UnsafeBuffer(path), 0, path.length);
            assertEquals(PathRulesReference.isValid(path), isValid, () -> HexFormat.of().formatHex(path));
            validCount += isValid ? 1 : 0;
        }

        assertTrue(validCount > 1_000, "enough of both kinds");
    }

    @Test
    void shouldTakeNullForBad()
    {
        final UnsafeBuffer buffer = utf8("/a");

        assertFalse(PathRules.isValid(buffer, 0, JuteReader.NULL));
        assertFalse(PathRules.isSeparable(buffer, 0, JuteReader.NULL));
        assertFalse(PathRules.hasNul(buffer, 0, JuteReader.NULL));
        assertFalse(PathRules.isReserved(buffer, 0, JuteReader.NULL));
    }

    @Test
    void shouldCheckLightly()
    {
        assertTrue(isSeparable("/"));
        assertTrue(isSeparable("/abc/"));
        assertTrue(isSeparable("//x"));
        assertTrue(isSeparable("a/b"));
        assertFalse(isSeparable("abc"));
        assertFalse(isSeparable(""));
        assertFalse(isSeparable("/a\u0000"));
    }

    private static boolean isSeparable(final String path)
    {
        final UnsafeBuffer buffer = utf8(path);
        return PathRules.isSeparable(buffer, 0, buffer.capacity());
    }

    @Test
    void shouldKnowReservedPaths()
    {
        for (final String path : new String[]{ "/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config" })
        {
            assertTrue(PathRules.isReserved(utf8("x" + path), 1, path.length()), path);
        }

        for (final String path : new String[]{ "", "/zookeepe", "/zookeeper/", "/zookeeper/quotas",
            "/zookeeper/confix" })
        {
            assertFalse(PathRules.isReserved(utf8(path), 0, path.length()), path);
        }
    }

    @Test
    void shouldSplitPaths()
    {
        final UnsafeBuffer buffer = utf8("/a/bc");

        assertEquals(2, PathRules.lastSlash(buffer, 0, 5));
        assertEquals(2, PathRules.parentLength(buffer, 0, 5));
        assertEquals(0, PathRules.lastSlash(buffer, 0, 2));
        assertEquals(1, PathRules.parentLength(buffer, 0, 2), "the root is a slash to clients");
        assertEquals(-1, PathRules.lastSlash(buffer, 1, 1));
        assertEquals(1, PathRules.lastSlash(buffer, 1, 4), "relative to the offset");
    }

    @Test
    void shouldKnowTheNameOfAPath()
    {
        final UnsafeBuffer path = utf8("/a/bc");

        assertTrue(PathRules.hasName(path, 0, 5, utf8("bc")));
        assertTrue(PathRules.hasName(path, 0, 2, utf8("a")));
        assertTrue(PathRules.hasName(path, 3, 2, utf8("bc")), "without a slash");
        assertFalse(PathRules.hasName(path, 0, 5, utf8("c")));
        assertFalse(PathRules.hasName(path, 0, 5, utf8("abc")));
    }
}
