/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * A record that begins with a path. By itself it is the record of getACL and getAllChildrenNumber: {@code str path}. A
 * null path does not decode, unless a subclass says otherwise.
 */
public class PathRequestDecoder extends RequestDecoder
{
    private int pathOffset;
    private int pathLength;

    @Override
    boolean decode(final JuteReader record)
    {
        return decodePath(record) != JuteReader.NULL;
    }

    /**
     * Reads the path.
     *
     * @param record at the path.
     * @return its length, {@link JuteReader#NULL} for null.
     */
    final int decodePath(final JuteReader record)
    {
        pathLength = record.readRange();
        pathOffset = record.rangeOffset();

        return pathLength;
    }

    /**
     * Where the path begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public final int pathOffset()
    {
        return pathOffset;
    }

    /**
     * Length of the path.
     *
     * @return bytes, {@link JuteReader#NULL} for null if the record permits it.
     */
    public final int pathLength()
    {
        return pathLength;
    }
}
