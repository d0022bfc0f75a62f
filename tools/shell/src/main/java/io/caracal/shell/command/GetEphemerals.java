/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the ephemeral znodes of this session. */
@Command(name = "getEphemerals", customSynopsis = "getEphemerals path", description = "List the ephemeral znodes of " +
    "this session.")
final class GetEphemerals extends ShellCommand
{
    @Parameters(index = "0", arity = "0..1", paramLabel = "path", description = "Only those whose path begins so; " +
        "default all.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final List<String> paths =
            new ArrayList<>(path == null ? shell.client().getEphemerals() : shell.client().getEphemerals(path));
        Collections.sort(paths);
        shell.terminal().out(paths.toString());
    }
}
