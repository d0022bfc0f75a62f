/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NamespacesTest
{
    private final Namespaces namespaces = new Namespaces();

    private void read(final String path, final long bytes)
    {
        final byte[] text = ("xx" + path).getBytes(StandardCharsets.UTF_8);
        namespaces.onRead(new UnsafeBuffer(text), 2, text.length - 2, bytes);
    }

    /** Writes a path as it lies in a frame, where other bytes follow. */
    private void write(final String path, final long bytes)
    {
        final byte[] text = (path + "/tail-of-the-frame").getBytes(StandardCharsets.UTF_8);
        namespaces.onWritten(new UnsafeBuffer(text), 0, path.getBytes(StandardCharsets.UTF_8).length, bytes);
    }

    private List<String> names()
    {
        return namespaces.figures().stream().map(NamespaceFigures::name).toList();
    }

    private NamespaceFigures of(final String name)
    {
        return namespaces.figures().stream().filter(figures -> figures.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void shouldCountByTheFirstElementOfThePathAlone()
    {
        read("/a", 5);
        read("/a/b/c", 0);
        read("/ab", 0);
        read("/a", 7);
        write("/a/b", 10);
        write("/ab", 1);

        assertEquals(List.of("a", "ab"), names());
        assertEquals(3, of("a").reads().count());
        assertEquals(2 + 5 + 6 + 2 + 7 + 3 * Namespaces.STAT_BYTES, of("a").reads().sum());
        assertEquals(6 + Namespaces.STAT_BYTES, of("a").reads().min());
        assertEquals(2 + 7 + Namespaces.STAT_BYTES, of("a").reads().max());
        assertEquals(1, of("a").writes().count());
        assertEquals(14, of("a").writes().sum());
        assertEquals(4, of("ab").writes().min());
    }

    @Test
    void shouldTellNamesApartThatBeginWithTheSameEightBytes()
    {
        for (int i = 0; i < 2; i++)
        {
            read("/12345678", 0);
            read("/123456789", 0);
            read("/1234567", 0);
            read("/123456789/1234567890", 0);
            read("/12345678/x", 0);
            read("/123456780", 0);
        }

        assertEquals(List.of("12345678", "123456789", "1234567", "123456780"), names());
        assertEquals(4, of("12345678").reads().count());
        assertEquals(4, of("123456789").reads().count());
        assertEquals(2, of("1234567").reads().count());
        assertEquals(2, of("123456780").reads().count());
    }

    @Test
    void shouldLeaveOutTheRoot()
    {
        read("/", 100);

        assertEquals(List.of(), names());
    }

    @Test
    void shouldCountWhatIsTooManyOrTooLongUnderOneName()
    {
        for (int i = 0; i < Namespaces.NAMESPACES_MAX + 3; i++)
        {
            write("/tenant-" + i, 0);
        }
        final String longest = "n".repeat(Namespaces.NAME_LENGTH_MAX);
        write("/" + longest + "/x", 0);
        write("/" + longest + "n", 0);
        write("/tenant-0/again", 0);

        assertEquals(Namespaces.NAMESPACES_MAX + 1, names().size());
        assertEquals(Namespaces.OTHERS, names().get(Namespaces.NAMESPACES_MAX));
        assertEquals(5, of(Namespaces.OTHERS).writes().count());
        assertEquals(2, of("tenant-0").writes().count());
    }

    @Test
    void shouldKeepTheLongestNameThatFits()
    {
        final String longest = "n".repeat(Namespaces.NAME_LENGTH_MAX);
        read("/" + longest + "/x", 0);
        read("/" + longest, 0);
        read("/" + longest + "n", 0);

        assertEquals(List.of(longest, Namespaces.OTHERS), names());
        assertEquals(2, of(longest).reads().count());
    }

    @Test
    void shouldCountQuotaErrors()
    {
        final UnsafeBuffer path = new UnsafeBuffer("/q/x".getBytes(StandardCharsets.US_ASCII));
        namespaces.onQuotaExceeded(path, 4);
        namespaces.onQuotaExceeded(path, 2);

        assertEquals(2, of("q").quotaErrors());
        assertEquals(0, of("q").reads().count());
    }

    @Test
    void shouldBeginAnewAfterAReset()
    {
        for (int i = 0; i < Namespaces.NAMESPACES_MAX + 1; i++)
        {
            read("/old-" + i, 0);
        }
        namespaces.reset();
        assertEquals(List.of(), names());

        namespaces.onCycleBegun();
        read("/new", 0);
        read("/old-3", 0);

        assertEquals(List.of("new", "old-3"), names());
        assertEquals(1, of("old-3").reads().count());
    }

    @Test
    void shouldNameInUtf8()
    {
        write("/gr\u00fc\u00dfe/x", 0);
        write("/gr\u00fc\u00dfe", 0);

        assertEquals(List.of("gr\u00fc\u00dfe"), names());
        assertEquals(2, of("gr\u00fc\u00dfe").writes().count());
    }
}
