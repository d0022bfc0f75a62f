/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** addWatch: {@code str path, i32 mode}. A null path or an unknown mode does not decode. */
public final class AddWatchRequestDecoder extends PathRequestDecoder
{
    private int mode;

    @Override
    boolean decode(final JuteReader record)
    {
        final int length = decodePath(record);
        mode = record.readInt();

        return length != JuteReader.NULL && AddWatchMode.isKnown(mode);
    }

    /**
     * Kind of the watch.
     *
     * @return a value of {@link AddWatchMode}.
     */
    public int mode()
    {
        return mode;
    }
}
