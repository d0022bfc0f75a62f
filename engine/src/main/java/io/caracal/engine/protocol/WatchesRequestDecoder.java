/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * checkWatches and removeWatches: {@code str path, i32 watcherType}. A null path or an unknown type does not decode.
 */
public final class WatchesRequestDecoder extends PathRequestDecoder
{
    private int watcherType;

    @Override
    boolean decode(final JuteReader record)
    {
        final int length = decodePath(record);
        watcherType = record.readInt();

        return length != JuteReader.NULL && WatcherType.isKnown(watcherType);
    }

    /**
     * Which watches are meant.
     *
     * @return a value of {@link WatcherType}.
     */
    public int watcherType()
    {
        return watcherType;
    }
}
