/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * Thrown when data on disk contradicts itself in a way that may have lost an acknowledged write. The server must not
 * start. The message names the file, the offset and what the operator can do.
 */
public final class CorruptionException extends RuntimeException
{
    private static final long serialVersionUID = 1L;
    private final String damage;

    /**
     * Damage, as a whole message.
     *
     * @param message names file, offset, what is wrong and the remedy.
     */
    public CorruptionException(final String message)
    {
        super(message);
        damage = message;
    }

    /**
     * Damage in a file of a data directory.
     *
     * @param damage names file, offset and what is wrong; without a full stop at its end.
     * @param remedy a sentence that says what to do if this is the data directory of a server.
     */
    public CorruptionException(final String damage, final String remedy)
    {
        super(damage + ". " + remedy);
        this.damage = damage;
    }

    /**
     * The damage without the remedy. For files outside a data directory, where the remedy would be wrong.
     *
     * @return file, offset and what is wrong.
     */
    public String damage()
    {
        return damage;
    }
}
