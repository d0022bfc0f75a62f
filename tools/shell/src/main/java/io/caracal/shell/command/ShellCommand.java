/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;

/**
 * One typed command. Each line gets a new object: picocli fills its fields, then {@link #run(Shell)} runs it once.
 */
public abstract class ShellCommand
{
    /**
     * Runs the command.
     *
     * @param shell gives the session and takes the output.
     * @throws CommandFailure when it cannot be done; nothing was printed about that yet.
     * @throws KeeperException when the server refuses.
     * @throws InterruptedException when the person interrupts.
     */
    protected abstract void run(Shell shell) throws CommandFailure, KeeperException, InterruptedException;

    /**
     * @return whether the session has to outlive a shell that ends right after this command.
     */
    protected boolean needsSessionAfterwards()
    {
        return false;
    }
}
