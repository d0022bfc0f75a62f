/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

/**
 * Where the shell writes. Lines come without their line end. Any thread may call any method.
 */
public interface Terminal
{
    /**
     * Writes a line of a result, which a script may read.
     *
     * @param line without line end; may be empty, may hold line ends of its own.
     */
    void out(String line);

    /**
     * Writes a line about a result: an error, hint or confirmation. Everything written before appears before it.
     *
     * @param line without line end.
     */
    void err(String line);

    /**
     * Shows something that nobody typed: a watch event. A terminal with a prompt shows it above the line being edited.
     *
     * @param text one or several lines, without the last line end.
     */
    void event(String text);

    /**
     * Whether a result could not be written, for example because its reader has ended.
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
