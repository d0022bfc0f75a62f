/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks the form of paths on their UTF-8 bytes. Forbidden are U+0000 to U+001F, U+007F to U+009F, U+D800 to U+F8FF and
 * U+FFF0 to U+FFFF. Characters beyond the basic plane are two surrogates to a Java server, so they are forbidden in
 * either encoding. Bytes that are not UTF-8 stand for U+FFFD, so they are forbidden too. A null path (length -1) breaks
 * every rule.
 */
public final class PathRules
{
    private static final byte SLASH = '/';
    private static final DirectBuffer[] RESERVED = {
        ascii("/"),
        ascii("/zookeeper"),
        ascii("/zookeeper/quota"),
        ascii("/zookeeper/config") };

    private PathRules()
    {
    }

    private static DirectBuffer ascii(final String path)
    {
        return new UnsafeBuffer(path.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The full check: the path begins with a slash and does not end with one, and has no empty segment, no segment
     * {@code .} or {@code ..} and no forbidden character. For create (after the suffix is added), setData, setACL and
     * check.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return false when refused: {@link ErrorCode#BAD_ARGUMENTS}.
     */
    public static boolean isValid(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < 1 || buffer.getByte(offset) != SLASH)
        {
            return false;
        }

        if (length == 1)
        {
            return true;
        }

        final int end = offset + length;
        int segment = offset + 1;

        while (segment <= end)
        {
            final int segmentEnd = endOfSegment(buffer, segment, end);

            if (segmentEnd < 0 || isDotsOrEmpty(buffer, segment, segmentEnd - segment))
            {
                return false;
            }

            segment = segmentEnd + 1;
        }

        return true;
    }

    /** Index of the next slash or the end; negative when a forbidden character comes first. */
    private static int endOfSegment(final DirectBuffer buffer, final int from, final int end)
    {
        int index = from;

        while (index < end)
        {
            final int lead = buffer.getByte(index) & 0xFF;

            if (lead == SLASH)
            {
                return index;
            }

            final int length = lead < 0x80 ? asciiLength(lead) : sequenceLength(buffer, index, end, lead);

            if (length == 0)
            {
                return -1;
            }

            index += length;
        }

        return end;
    }

    private static int asciiLength(final int character)
    {
        return character > 0x1F && character != 0x7F ? 1 : 0;
    }

    /** Length of a permitted sequence of two or three bytes, 0 when malformed or forbidden. */
    private static int sequenceLength(final DirectBuffer buffer, final int index, final int end, final int lead)
    {
        if (lead >= 0xC2 && lead <= 0xDF && index + 1 < end)
        {
            final int second = buffer.getByte(index + 1) & 0xFF;
            return isContinuation(second) && !(lead == 0xC2 && second <= 0x9F) ? 2 : 0;
        }

        if (lead >= 0xE0 && lead <= 0xEF && index + 2 < end)
        {
            final int second = buffer.getByte(index + 1) & 0xFF;
            final int third = buffer.getByte(index + 2) & 0xFF;
            final int codePoint = (lead & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F);

            return isContinuation(second) && isContinuation(third) && isPermittedWide(codePoint) ? 3 : 0;
        }

        return 0;
    }

    private static boolean isContinuation(final int value)
    {
        return (value & 0xC0) == 0x80;
    }

    /** Three bytes that encode less than U+0800 are overlong, hence malformed. */
    private static boolean isPermittedWide(final int codePoint)
    {
        return codePoint >= 0x800 && !(codePoint >= 0xD800 && codePoint <= 0xF8FF) && codePoint < 0xFFF0;
    }

    private static boolean isDotsOrEmpty(final DirectBuffer buffer, final int offset, final int length)
    {
        return switch (length)
        {
            case 0 -> true;
            case 1 -> buffer.getByte(offset) == '.';
            case 2 -> buffer.getByte(offset) == '.' && buffer.getByte(offset + 1) == '.';
            default -> false;
        };
    }

    /**
     * The light check of create (before the suffix is added) and delete: the path has a slash and no NUL.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return false when refused: {@link ErrorCode#BAD_ARGUMENTS}.
     */
    public static boolean isSeparable(final DirectBuffer buffer, final int offset, final int length)
    {
        return lastSlash(buffer, offset, length) >= 0 && !hasNul(buffer, offset, length);
    }

    /**
     * Whether a path contains a NUL, which exists refuses.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return true when it does.
     */
    public static boolean hasNul(final DirectBuffer buffer, final int offset, final int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Whether a path is never deleted: {@code /}, {@code /zookeeper}, {@code /zookeeper/quota} and
     * {@code /zookeeper/config}.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return true when reserved.
     */
    public static boolean isReserved(final DirectBuffer buffer, final int offset, final int length)
    {
        for (final DirectBuffer reserved : RESERVED)
        {
            if (isEqual(reserved, buffer, offset, length))
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isEqual(final DirectBuffer expected, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (length != expected.capacity())
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (expected.getByte(i) != buffer.getByte(offset + i))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Position of the last slash. The parent's path is before it (empty for the root), the name is after it.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes, -1 for null.
     * @return relative to the offset: the length of the parent's path; -1 when there is no slash.
     */
    public static int lastSlash(final DirectBuffer buffer, final int offset, final int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            if (buffer.getByte(offset + i) == SLASH)
            {
                return i;
            }
        }

        return -1;
    }

    /**
     * Length of the parent's path as clients see it: there the root is {@code /}.
     *
     * @param buffer holds a path that begins with a slash.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return at least 1.
     */
    public static int parentLength(final DirectBuffer buffer, final int offset, final int length)
    {
        return Math.max(1, lastSlash(buffer, offset, length));
    }

    /**
     * Whether the last segment of a path is a certain name.
     *
     * @param buffer holds the path.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param name   to compare with.
     * @return true when it is.
     */
    public static boolean hasName(final DirectBuffer buffer, final int offset, final int length,
        final DirectBuffer name)
    {
        final int nameOffset = lastSlash(buffer, offset, length) + 1;
        return isEqual(name, buffer, offset + nameOffset, length - nameOffset);
    }
}
