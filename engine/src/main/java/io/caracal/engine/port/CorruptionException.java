/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * Data on disk contradicts itself where an acknowledged write may be lost. The server must not start; the message names
 * the file, the offset and what a person can do.
 */
public final class CorruptionException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * Damage found.
     *
     * @param message names file, offset, what is wrong and the remedy.
     */
    public CorruptionException(final String message)
    {
        super(message);
    }
}
