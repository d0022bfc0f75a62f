/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

/** Thrown when the engine does not answer, or has nothing to answer from at the moment. */
public final class NoAnswerException extends IllegalStateException
{
    private static final long serialVersionUID = 1;

    private final boolean isSilent;

    private NoAnswerException(final String message, final boolean isSilent)
    {
        super(message);
        this.isSilent = isSilent;
    }

    static NoAnswerException silent()
    {
        return new NoAnswerException("the server's loop has not answered for some seconds", true);
    }

    static NoAnswerException stuck()
    {
        return new NoAnswerException("the server's loop began to do it and hangs or has failed in the middle", true);
    }

    static NoAnswerException notServing()
    {
        return new NoAnswerException("This ZooKeeper instance is not currently serving requests", false);
    }

    /** Creates the exception for a change that was not begun. */
    static NoAnswerException unchanged(final String reason)
    {
        return new NoAnswerException(reason + "; nothing was changed", false);
    }

    /** Whether the loop is stuck, as opposed to looking for a leader. */
    boolean isSilent()
    {
        return isSilent;
    }
}
