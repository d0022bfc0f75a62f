/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** Thrown when a load could not be driven as requested, for example because sessions or znodes could not be created. */
public final class LoadException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with the reason.
     *
     * @param message for people.
     */
    public LoadException(final String message)
    {
        super(message);
    }
}
