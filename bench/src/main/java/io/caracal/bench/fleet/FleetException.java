/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

/** Thrown when a fleet could not do what it was asked to do, so that a figure would mean nothing. */
public final class FleetException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    FleetException(final String message)
    {
        super(message);
    }

    FleetException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
