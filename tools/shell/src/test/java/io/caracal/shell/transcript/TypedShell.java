/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

/** A shell with one session, into which a test types lines. */
public interface TypedShell extends AutoCloseable
{
    /** Returns whether the line succeeded. */
    boolean execute(String line);

    Recording recording();

    @Override
    void close();
}
