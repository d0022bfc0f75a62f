/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

/**
 * Thrown when a command could not do what was asked. The message is the one that ZooKeeper's shell prints in the same
 * case, so that scripts find the words they look for. The hint says what a person can do about it.
 */
public final class CommandFailure extends Exception
{
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * @param message what went wrong.
     * @param hint what to do about it, in one line; empty when the message says it all.
     */
    public CommandFailure(final String message, final String hint)
    {
        super(message);
        this.hint = hint;
    }

    /**
     * @param message what went wrong and what to do.
     */
    public CommandFailure(final String message)
    {
        this(message, "");
    }

    /**
     * @return what to do about it; empty when the message says it all.
     */
    public String hint()
    {
        return hint;
    }
}
