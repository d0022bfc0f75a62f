/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** A load that could not be driven as asked: no session, or znodes that could not be made. */
public final class LoadException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * With the reason.
     *
     * @param message for people.
     */
    public LoadException(final String message)
    {
        super(message);
    }
}
