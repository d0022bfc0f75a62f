/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** setData: {@code str path, buf data, i32 version}. A null path decodes, and is refused later as a bad argument. */
public final class SetDataRequestDecoder extends PathRequestDecoder
{
    private int dataOffset;
    private int dataLength;
    private int version;

    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        dataLength = record.readRange();
        dataOffset = record.rangeOffset();
        version = record.readInt();

        return true;
    }

    /**
     * Where the data begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int dataOffset()
    {
        return dataOffset;
    }

    /**
     * Length of the data.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int dataLength()
    {
        return dataLength;
    }

    /**
     * Version that the znode must have.
     *
     * @return -1 for any.
     */
    public int version()
    {
        return version;
    }
}
