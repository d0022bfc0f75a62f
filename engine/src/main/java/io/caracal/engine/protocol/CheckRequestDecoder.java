/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * check, a part of a multi: {@code str path, i32 version}. A null path decodes, and is refused later as a bad argument.
 */
public final class CheckRequestDecoder extends PathRequestDecoder
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
