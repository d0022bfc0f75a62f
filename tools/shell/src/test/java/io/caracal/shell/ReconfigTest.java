/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.shell.client.ConnectOptions;
import io.caracal.shell.client.Connection;
import io.caracal.shell.command.Shell;
import io.caracal.shell.server.OneVoterEnsemble;
import io.caracal.shell.terminal.StreamTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconfigTest
{
    private static final String OBSERVER = "server.2=127.0.0.1:2888:3888:observer;127.0.0.1:2181";
    private static final int TIMEOUT_MS = 60_000;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private OneVoterEnsemble ensemble;
    private Connection connection;
    private Shell shell;

    @BeforeEach
    void open()
    {
        ensemble = new OneVoterEnsemble(directory);
        final StreamTerminal terminal = new StreamTerminal(out, err, false);
        connection =
            new Connection(new ConnectOptions(ensemble.connectString(), TIMEOUT_MS, false, true, null, true), terminal);
        shell = new Shell(connection, terminal);
        assertEquals("", type("addauth digest super:secret"));
    }

    @AfterEach
    void close()
    {
        connection.close();
        ensemble.close();
    }

    @Test
    void shouldShowTheConfiguration()
    {
        assertTrue(type("config").startsWith("server.1=" + ensemble.member() + "\nversion="));
        assertTrue(type("config -s").contains("dataVersion = -1"));
        assertTrue(type("config -c").matches("[0-9a-f]+ " + ensemble.connectString() + "\n"));
    }

    @Test
    void shouldAddAndRemoveServers()
    {
        final String added = type("reconfig -add " + OBSERVER);
        assertTrue(added.startsWith("Committed new configuration:\nserver.1=" + ensemble.member() + "\n" + OBSERVER),
            added);
        assertTrue(type("config -c").endsWith(" " + ensemble.connectString() + ",127.0.0.1:2181\n"));

        final String removed = type("reconfig -s -remove 2");
        assertTrue(removed.contains("server.1=" + ensemble.member() + "\nversion="), removed);
        assertTrue(removed.contains("cZxid = "), removed);
    }

    @Test
    void shouldReplaceAllMembers() throws IOException
    {
        final String members = type("reconfig -members server.1=" + ensemble.member() + "," + OBSERVER);
        assertTrue(members.contains(OBSERVER), members);

        final Path file = Files.writeString(directory.resolve("members"),
            "# the members\nserver.1=" + ensemble.member() + "\ntickTime=2000\n");
        final String fromFile = type("reconfig -file " + file);
        assertTrue(fromFile.startsWith("Committed new configuration:\nserver.1=" + ensemble.member() + "\nversion="),
            fromFile);
    }

    @Test
    void shouldCompareTheVersion()
    {
        final String version = type("config -c").split(" ", -1)[0];

        assertEquals("", type("reconfig -v ffff -add " + OBSERVER));
        assertTrue(errors().startsWith("version No is not valid : "), errors());
        assertTrue(type("reconfig -v " + version + " -add " + OBSERVER).contains(OBSERVER));
    }

    @Test
    void shouldSayWhyItCannotBe() throws IOException
    {
        type("reconfig -remove 1");
        assertTrue(errors().startsWith("Arguments are not valid : "), errors());

        final Path file = Files.writeString(directory.resolve("nobody"), "tickTime=2000\n");
        type("reconfig -file " + file);
        assertTrue(errors().contains("Error processing " + file + ": it names no servers"), errors());
    }

    private String type(final String line)
    {
        out.reset();
        shell.execute(line);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors()
    {
        return err.toString(StandardCharsets.UTF_8);
    }
}
