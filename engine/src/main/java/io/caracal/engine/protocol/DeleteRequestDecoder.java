/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** delete: {@code str path, i32 version}. A null path decodes, and is checked elsewhere. */
public final class DeleteRequestDecoder extends PathRequestDecoder
{
    private int version;

    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        version = record.readInt();

        return true;
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
