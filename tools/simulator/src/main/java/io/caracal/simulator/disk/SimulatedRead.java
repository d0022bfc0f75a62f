/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.CatchUpHandler;

/** One open read of a {@link SimulatedCatchUp}. */
interface SimulatedRead
{
    /** As the caller chose it. */
    long readId();

    /**
     * What the bulk thread would do for it by now.
     *
     * @return whether anything came nearer to the caller.
     * @throws ReadFailure when it cannot go on.
     */
    boolean readAhead() throws ReadFailure;

    /** Hands over a bounded bite; amount of work done. */
    int deliver(CatchUpHandler handler);

    /** Records after this zxid must stay. */
    long neededZxid();

    /** Nothing more is to be delivered, also not within a running {@link #deliver}. */
    void close();

    /** The history that it reads is not there any more, or damaged. */
    final class ReadFailure extends Exception
    {
        private static final long serialVersionUID = 1L;

        ReadFailure(final String message)
        {
            super(message);
        }
    }
}
