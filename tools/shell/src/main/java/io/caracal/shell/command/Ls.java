/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists children. */
@Command(name = "ls", customSynopsis = "ls [-s] [-w] [-R] path", description = "List the children of a znode, sorted.")
final class Ls extends ShellCommand
{
    @Option(names = "-?", description = "Explain this command.")
    private boolean isHelp;

    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Option(names = "-w", description = "Watch for the next change of the list.")
    private boolean watch;

    @Option(names = "-R", description = "All below it, with full paths.")
    private boolean isRecursive;

    @Parameters(index = "0", arity = "0..1", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "watch", hidden = true)
    private String oldWatch;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        if (isHelp)
        {
            shell.terminal().out(CommandTable.parser("ls").getUsageMessage().stripTrailing());
            return;
        }
        if (path == null)
        {
            throw new CommandFailure(getClass().getAnnotation(Command.class).customSynopsis()[0],
                "Missing required parameter: 'path'.");
        }
        if (oldWatch != null)
        {
            watch = true;
            shell.terminal().err("'ls path [watch]' has been deprecated. Please use 'ls [-w] path' instead.");
        }

        list(shell);
    }

    /** Lists a subtree. That takes minutes for a large tree, so it ends when the reader does, as with {@code head}. */
    private void listAll(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        try
        {
            ZKUtil.visitSubTreeDFS(shell.client(), path, watch, (rc, each, context, name) ->
            {
                if (shell.terminal().isBroken())
                {
                    throw new UnreadException();
                }
                shell.terminal().out(each);
            });
        }
        catch (final UnreadException end)
        {
            // The terminal knows that its reader is gone, and decides whether that is a failure.
        }
    }

    /** Ends the library's walk over the tree when nobody reads the output any more. */
    private static final class UnreadException extends RuntimeException
    {
        private static final long serialVersionUID = 1L;
    }

    private void list(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        if (isRecursive)
        {
            listAll(shell);
            return;
        }

        final Stat stat = new Stat();
        final List<String> children = shell.client().getChildren(path, watch, stat);
        Collections.sort(children);
        shell.terminal().out(children.toString());
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }
}
