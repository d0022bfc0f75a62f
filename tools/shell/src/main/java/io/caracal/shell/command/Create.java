/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.ErrorText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a znode. */
@Command(name = "create", customSynopsis = "create [-s] [-e] [-c] [-t ttl] path [data] [acl]", description = "Create " +
    "a znode.")
final class Create extends ShellCommand
{
    private static final long TTL_MAX_MS = (1L << 40) - 1;

    @Option(names = "-s", description = "Sequential: a number is appended to the name.")
    private boolean isSequential;

    @Option(names = "-e", description = "Ephemeral: it goes with the session.")
    private boolean isEphemeral;

    @Option(names = "-c", description = "Container: it goes after its last child.")
    private boolean isContainer;

    @Option(names = "-t", paramLabel = "ttl", description = "It goes when unchanged for so many milliseconds and " +
        "childless.")
    private Long ttlMs;

    @Parameters(index = "0", paramLabel = "path", description = "Its parent has to exist.")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "data", description = "Text; none when left out.")
    private String data;

    @Parameters(index = "2", arity = "0..1", paramLabel = "acl", description = "scheme:id:perms,...; default " +
        "world:anyone:cdrwa.")
    private String acl;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        checkCombination();
        final List<ACL> acls = acl == null ? ZooDefs.Ids.OPEN_ACL_UNSAFE : AclText.parse(acl);
        final byte[] bytes = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        try
        {
            final String created = ttlMs == null ? shell.client().create(path, bytes, acls, mode()) : shell.client()
                .create(path, bytes, acls, mode(), new Stat(), ttlMs);
            shell.terminal().err("Created " + created);
        }
        catch (final KeeperException.NoNodeException error)
        {
            throw new CommandFailure(ErrorText.of(error).getMessage(), "The parent has to be there first: create " +
                parent());
        }
        catch (final KeeperException.InvalidACLException error)
        {
            shell.terminal().err(error.getMessage());
            throw error;
        }
        catch (final KeeperException.EphemeralOnLocalSessionException error)
        {
            throw new CommandFailure("Unable to create ephemeral node on a local session",
                "The servers have to run with localSessionsUpgradingEnabled=true.");
        }
    }

    @Override
    protected boolean needsSessionAfterwards()
    {
        return isEphemeral;
    }

    private void checkCombination() throws CommandFailure
    {
        refuseIf(isContainer && (isEphemeral || isSequential),
            "-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.");
        refuseIf(ttlMs != null && isEphemeral, "TTLs cannot be used with Ephemeral znodes");
        refuseIf(ttlMs != null && isContainer, "TTLs cannot be used with Container znodes");
        refuseIf(ttlMs != null && (ttlMs <= 0 || ttlMs > TTL_MAX_MS),
            "ttl must be positive and cannot be larger than: " + TTL_MAX_MS);
    }

    private CreateMode mode()
    {
        if (ttlMs != null)
        {
            return isSequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
        }
        if (isContainer)
        {
            return CreateMode.CONTAINER;
        }
        if (isEphemeral)
        {
            return isSequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
        }

        return isSequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }

    private String parent()
    {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static void refuseIf(final boolean isWrong, final String message) throws CommandFailure
    {
        if (isWrong)
        {
            throw new CommandFailure(message);
        }
    }
}
