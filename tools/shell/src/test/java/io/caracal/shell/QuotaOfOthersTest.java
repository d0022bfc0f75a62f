/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any client may write where quotas are kept. ZooKeeper's shell ends over what it cannot read there. */
class QuotaOfOthersTest
{
    private static final String PLACE = "/zookeeper/quota/q/zookeeper_limits";
    private static final String REASON = PLACE + " holds something else than a quota";
    private static final String HINT = "  get shows it; delquota with the path alone removes it.";

    @TempDir
    private Path directory;

    @Test
    void shouldSayThatAQuotaCannotBeReadAndRemoveIt() throws Exception
    {
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory))
        {
            final CapturedRun unread = run(server, "create /q\ncreate /zookeeper/quota/q\ncreate " + PLACE +
                " rubbish\nsetquota -n 3 /q\ndelquota -n /q\nlistquota /q\n");
            assertEquals(List.of("Created /q", "Created /zookeeper/quota/q", "Created " + PLACE, REASON, HINT, REASON,
                HINT, "absolute path is " + PLACE, REASON, HINT), unread.err());
            assertEquals(1, unread.exitCode());

            assertEquals(List.of(), run(server, "delquota /q\n").err());
            assertEquals(List.of("absolute path is " + PLACE, "quota for /q does not exist."), run(server,
                "listquota /q\n").err());
        }
    }

    @Test
    void shouldTakeAQuotaWithoutDataForOneWithoutLimits() throws Exception
    {
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory))
        {
            final CapturedRun run = run(server, "create /q\ncreate /zookeeper/quota/q\ncreate " + PLACE +
                "\nlistquota /q\ndelquota /q\n");
            assertEquals(0, run.exitCode(), run.err()::toString);
            assertEquals(2, run.out().size(), run.out()::toString);
        }
    }

    private static CapturedRun run(final TestServer server, final String lines)
    {
        return CapturedRun.piped(lines, "-server", server.connectString(), "-q");
    }
}
