/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Thrown when something happened that cannot happen. The state of this server can no longer be trusted, so it stops.
 */
public final class BrokenInvariantException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * An invariant is broken.
     *
     * @param message says which.
     */
    public BrokenInvariantException(final String message)
    {
        super(message);
    }
}
