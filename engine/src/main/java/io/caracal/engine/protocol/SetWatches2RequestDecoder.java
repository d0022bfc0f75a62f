/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** setWatches2: the record of setWatches, then {@code vec<str> persistent, vec<str> persistentRecursive}. */
public final class SetWatches2RequestDecoder extends SetWatchesRequestDecoder
{
    private final StringVector persistentPaths = new StringVector();
    private final StringVector recursivePaths = new StringVector();

    @Override
    boolean decode(final JuteReader record)
    {
        final boolean isSound = super.decode(record);
        persistentPaths.decode(record);
        recursivePaths.decode(record);

        return isSound;
    }

    /**
     * Paths of persistent watches.
     *
     * @return a cursor, used again by the next {@link #wrap}.
     */
    public StringVector persistentPaths()
    {
        return persistentPaths;
    }

    /**
     * Paths of persistent recursive watches.
     *
     * @return a cursor, used again by the next {@link #wrap}.
     */
    public StringVector recursivePaths()
    {
        return recursivePaths;
    }
}
