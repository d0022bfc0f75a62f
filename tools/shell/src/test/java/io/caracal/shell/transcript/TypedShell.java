/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

/** A shell with one session that lines can be typed into. */
public interface TypedShell extends AutoCloseable
{
    /** Whether the line did what it says. */
    boolean execute(String line);

    Recording recording();

    @Override
    void close();
}
