/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** exists, getData, getChildren, getChildren2: {@code str path, bool watch}. */
public final class PathWatchRequestDecoder extends PathRequestDecoder
{
    private final boolean isNullTaken;
    private boolean isWatch;

    /** A decoder that takes no null path. */
    public PathWatchRequestDecoder()
    {
        this(false);
    }

    /** A decoder for a part of a multiRead, where a null path fails when its turn comes, not before. */
    PathWatchRequestDecoder(final boolean isNullTaken)
    {
        this.isNullTaken = isNullTaken;
    }

    @Override
    boolean decode(final JuteReader record)
    {
        final int length = decodePath(record);
        isWatch = record.readBool();

        return isNullTaken || length != JuteReader.NULL;
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
