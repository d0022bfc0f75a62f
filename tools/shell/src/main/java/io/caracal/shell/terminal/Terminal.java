/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

/**
 * Where the shell writes. Lines come without their line end; all methods may be called from any thread.
 */
public interface Terminal
{
    /**
     * A line of a result: what a script reads.
     *
     * @param line without line end; may be empty, may hold line ends of its own.
     */
    void out(String line);

    /**
     * A line about a result: errors, hints and confirmations. Whatever was written before appears before it.
     *
     * @param line without line end.
     */
    void err(String line);

    /**
     * Something that nobody typed: a watch event. A terminal with a prompt shows it above the line being edited.
     *
     * @param text one or several lines, without the last line end.
     */
    void event(String text);

    /**
     * Whether a result could not be written, as after the end of who read them.
     *
     * @return true when it makes no sense to go on.
     */
    default boolean isBroken()
    {
        return false;
    }

    /** Makes everything written so far visible. */
    void flush();
}
