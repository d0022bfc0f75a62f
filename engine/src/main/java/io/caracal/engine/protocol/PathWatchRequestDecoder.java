/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** exists, getData, getChildren, getChildren2: {@code str path, bool watch}. */
public final class PathWatchRequestDecoder extends PathRequestDecoder
{
    private boolean isWatch;

    @Override
    boolean decode(final JuteReader record)
    {
        final int length = decodePath(record);
        isWatch = record.readBool();

        return length != JuteReader.NULL;
    }

    /**
     * Whether a watch is asked for.
     *
     * @return true when so.
     */
    public boolean isWatch()
    {
        return isWatch;
    }
}
