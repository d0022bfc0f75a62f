/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * Data on disk contradicts itself where an acknowledged write may be lost. The server must not start; the message names
 * the file, the offset and what a person can do.
 */
public final class CorruptionException extends RuntimeException
{
    private static final long serialVersionUID = 1L;
    private final String damage;

    /**
     * Damage found.
     *
     * @param message names file, offset, what is wrong and the remedy.
     */
    public CorruptionException(final String message)
    {
        super(message);
        damage = message;
    }

    /**
     * Damage found in a file of a data directory.
     *
     * @param damage names file, offset and what is wrong; no full stop at its end.
     * @param remedy what to do if it is the data directory of a server: a sentence.
     */
    public CorruptionException(final String damage, final String remedy)
    {
        super(damage + ". " + remedy);
        this.damage = damage;
    }

    /**
     * The damage alone, for files that do not belong to a data directory, where the remedy would be wrong.
     *
     * @return file, offset and what is wrong, without the remedy.
     */
    public String damage()
    {
        return damage;
    }
}
