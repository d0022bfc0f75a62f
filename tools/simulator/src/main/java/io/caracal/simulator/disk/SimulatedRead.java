/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.CatchUpHandler;

/** An open read of a {@link SimulatedCatchUp}. */
interface SimulatedRead
{
    /** Id that the caller chose. */
    long readId();

    /**
     * Does what the bulk thread would have done for this read by now.
     *
     * @return whether it has read anything.
     * @throws ReadFailure when it cannot go on.
     */
    boolean readAhead() throws ReadFailure;

    /** Delivers a bounded amount; returns the number of deliveries. */
    int deliver(CatchUpHandler handler);

    /** Zxid after which all records must stay. */
    long neededZxid();

    /** Ends the read. Nothing more is delivered, not even by a {@link #deliver} that is under way. */
    void close();

    /** Thrown when the history to be read is damaged or no longer there. */
    final class ReadFailure extends Exception
    {
        private static final long serialVersionUID = 1L;
        private final long damagedZxid;

        /**
         * Creates the exception.
         *
         * @param damagedZxid of the record that is damaged; 0 when none is.
         */
        ReadFailure(final String message, final long damagedZxid)
        {
            super(message);
            this.damagedZxid = damagedZxid;
        }

        long damagedZxid()
        {
            return damagedZxid;
        }
    }
}
