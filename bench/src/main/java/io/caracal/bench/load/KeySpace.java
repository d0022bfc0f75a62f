/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.MutableDirectBuffer;

/**
 * Layout of the znodes of a load. Writes their paths without garbage:
 *
 * <pre>
 *   /bench                          the root, given
 *   /bench/000012                   a group of 1000 keys
 *   /bench/000012/0000012345        a key
 *   /bench/fresh/SSSS-NNNNNNNNNN    what the CREATE and EPHEMERAL operations make: session id (hex) and a counter
 * </pre>
 */
final class KeySpace
{
    static final int GROUP_LENGTH = 1000;
    static final int PATH_LENGTH_MAX = 256;

    private static final int GROUP_DIGITS = 6;
    private static final int KEY_DIGITS = 10;
    private static final int SESSION_DIGITS = 16;
    private static final int ROOT_LENGTH_MAX = 200;
    private static final byte[] FRESH = "/fresh".getBytes(US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final byte[] root;
    private final long keyCount;

    KeySpace(final String root, final long keyCount)
    {
        if (!root.matches("/[A-Za-z0-9_-]+") || root.length() > ROOT_LENGTH_MAX)
        {
            throw new IllegalArgumentException("the root is one znode below /, named by letters, digits, - and _");
        }
        if (keyCount < 1 || keyCount > 999_999_000L)
        {
            throw new IllegalArgumentException("the number of keys must lie in 1..999,999,000");
        }
        this.root = root.getBytes(US_ASCII);
        this.keyCount = keyCount;
    }

    long keyCount()
    {
        return keyCount;
    }

    long groupCount()
    {
        return (keyCount + GROUP_LENGTH - 1) / GROUP_LENGTH;
    }

    /** Writes the path of a znode that must exist before all others: the root or the parent of fresh znodes. */
    int putBase(final MutableDirectBuffer buffer, final int index, final long number)
    {
        final int length = putRoot(buffer, index);
        return number == 0 ? length : length + put(buffer, index + length, FRESH);
    }

    int putGroup(final MutableDirectBuffer buffer, final int index, final long group)
    {
        int length = putRoot(buffer, index);
        buffer.putByte(index + length++, (byte)'/');
        putDecimal(buffer, index + length, GROUP_DIGITS, group);
        return length + GROUP_DIGITS;
    }

    int putKey(final MutableDirectBuffer buffer, final int index, final long key)
    {
        int length = putGroup(buffer, index, key / GROUP_LENGTH);
        buffer.putByte(index + length++, (byte)'/');
        putDecimal(buffer, index + length, KEY_DIGITS, key);
        return length + KEY_DIGITS;
    }

    int putFresh(final MutableDirectBuffer buffer, final int index, final long sessionId, final long counter)
    {
        int length = putRoot(buffer, index);
        length += put(buffer, index + length, FRESH);
        buffer.putByte(index + length++, (byte)'/');
        for (int i = 0; i < SESSION_DIGITS; i++)
        {
            buffer.putByte(index + length++, HEX[(int)(sessionId >>> (60 - 4 * i)) & 0xF]);
        }
        buffer.putByte(index + length++, (byte)'-');
        putDecimal(buffer, index + length, KEY_DIGITS, counter);
        return length + KEY_DIGITS;
    }

    private int putRoot(final MutableDirectBuffer buffer, final int index)
    {
        return put(buffer, index, root);
    }

    private static int put(final MutableDirectBuffer buffer, final int index, final byte[] bytes)
    {
        buffer.putBytes(index, bytes);
        return bytes.length;
    }

    private static void putDecimal(
        final MutableDirectBuffer buffer, final int index, final int digits, final long value)
    {
        long rest = value;
        for (int i = index + digits - 1; i >= index; i--)
        {
            buffer.putByte(i, (byte)('0' + rest % 10));
            rest /= 10;
        }
    }
}
