/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** exists, getData, getChildren, getChildren2: {@code str path, bool watch}. */
public final class PathWatchRequestDecoder extends PathRequestDecoder
{
    private final boolean isNullTaken;
    private boolean isWatch;

    /** Creates a decoder that accepts no null path. */
    public PathWatchRequestDecoder()
    {
        this(false);
    }

    /** Creates a decoder for a part of a multiRead. There a null path decodes, and fails only when its turn comes. */
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
     * Whether the client asks for a watch.
     *
     * @return true when it does.
     */
    public boolean isWatch()
    {
        return isWatch;
    }
}
