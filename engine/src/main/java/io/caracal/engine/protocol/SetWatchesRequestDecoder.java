/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * setWatches: {@code i64 relativeZxid, vec<str> data, vec<str> exist, vec<str> child}. A null vector, or a null path in
 * one, decodes, and is refused when its turn comes.
 */
public class SetWatchesRequestDecoder extends RequestDecoder
{
    private final StringVector dataPaths = new StringVector();
    private final StringVector existPaths = new StringVector();
    private final StringVector childPaths = new StringVector();
    private long relativeZxid;

    @Override
    boolean decode(final JuteReader record)
    {
        relativeZxid = record.readLong();
        dataPaths.decode(record);
        existPaths.decode(record);
        childPaths.decode(record);

        return true;
    }

    /**
     * Newest state that the client has seen. It is notified of changes since then.
     *
     * @return a zxid as sent.
     */
    public final long relativeZxid()
    {
        return relativeZxid;
    }

    /**
     * Paths of data watches.
     *
     * @return a cursor, used again by the next {@link #wrap}.
     */
    public final StringVector dataPaths()
    {
        return dataPaths;
    }

    /**
     * Paths of watches that wait for a creation.
     *
     * @return a cursor, used again by the next {@link #wrap}.
     */
    public final StringVector existPaths()
    {
        return existPaths;
    }

    /**
     * Paths of child watches.
     *
     * @return a cursor, used again by the next {@link #wrap}.
     */
    public final StringVector childPaths()
    {
        return childPaths;
    }
}
