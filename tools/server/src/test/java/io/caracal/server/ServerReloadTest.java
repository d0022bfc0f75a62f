/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Reload;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerReloadTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int END = -1;

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void nameTheFile()
    {
        file = dir.resolve("zoo.cfg");
    }

    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldTakeOverTheLimitOfConnections(final String threading) throws IOException
    {
        write("threading=" + threading);
        try (Server server = launch(); Socket first = socket(server))
        {
            write("threading=" + threading, "maxClientCnxns=1");
            final Reload reload = server.reload();

            assertEquals(List.of("maxClientCnxns 60 -> 1"), texts(reload.takenOver()));
            try (Socket second = socket(server))
            {
                assertEquals(END, second.getInputStream().read(), "one is there already");
            }

            write("threading=" + threading, "maxClientCnxns=0");
            server.reload();
            assertTrue(Words.ask(server.clientPort(), "srvr").contains("Mode: standalone"),
                "no limit any more, and the first is there: " +
                    first.isConnected());
        }
    }

    @Test
    void shouldAnswerAWordOnceItIsPermitted() throws IOException
    {
        write();
        try (Server server = launch())
        {
            assertTrue(Words.ask(server.clientPort(), "ruok").contains("not in the whitelist"));
            write("4lw.commands.whitelist=ruok,conf", "maxSessionTimeout=77777");
            server.reload();

            assertEquals("imok", Words.ask(server.clientPort(), "ruok"));
            assertTrue(Words.ask(server.clientPort(), "conf").contains("maxSessionTimeout=77777"));
        }
    }

    @Test
    void shouldGrantTimeoutsOfTheNewLimit() throws IOException
    {
        write();
        try (Server server = launch())
        {
            assertEquals(60_000, grantedMs(server, 100_000));
            write("maxSessionTimeout=20000");
            server.reload();

            assertEquals(20_000, grantedMs(server, 100_000));
        }
    }

    @Test
    void shouldThrottleFromNowOn() throws IOException
    {
        write();
        try (Server server = launch())
        {
            write("connection_throttle_tokens=1", "connection_throttle_fill_time=2147483647");
            server.reload();
            assertEquals(10_000, grantedMs(server, 10_000), "the bucket is full");

            assertEquals(END, grantedMs(server, 10_000), "the bucket is empty");
            write();
            server.reload();
            assertEquals(10_000, grantedMs(server, 10_000));
        }
    }

    @Test
    void shouldTellWhatNeedsARestart() throws IOException
    {
        write("jute.maxbuffer=2000000");
        try (Server server = launch())
        {
            write("jute.maxbuffer=3000000", "audit.enable=true");

            for (int i = 0; i < 2; i++)
            {
                final Reload reload = server.reload();
                assertEquals(List.of("audit.enable false -> true", "jute.maxbuffer 2000000 -> 3000000"),
                    texts(reload.needsRestart()));
                assertEquals(List.of(), reload.takenOver());
            }
        }
    }

    @Test
    void shouldChangeNothingWhenTheFileIsBroken() throws IOException
    {
        write("4lw.commands.whitelist=conf");
        try (Server server = launch())
        {
            write("4lw.commands.whitelist=ruok", "maxClientCnxns=many");
            assertTrue(assertThrows(ConfigException.class, server::reload).getMessage()
                .contains("zoo.cfg:4: maxClientCnxns=many is not a"));
            assertTrue(Words.ask(server.clientPort(), "ruok").contains("not in the whitelist"));

            Files.delete(file);
            assertTrue(assertThrows(ConfigException.class, server::reload).getMessage().contains("zoo.cfg"));
            assertTrue(Words.ask(server.clientPort(), "conf").contains("maxClientCnxns=60"));
        }
    }

    /**
     * A full disk leaves such a file. With defaults for everything that it lacks, the server would not be the same any
     * more.
     */
    @ParameterizedTest
    @ValueSource(strings = { "", "# nothing but this\n", "clientPort=0\nmaxClien" })
    void shouldChangeNothingWhenTheFileIsCutShort(final String text) throws IOException
    {
        write("4lw.commands.whitelist=conf", "maxClientCnxns=7");
        try (Server server = launch())
        {
            Files.writeString(file, text);
            assertTrue(assertThrows(ConfigException.class, server::reload).getMessage()
                .contains("does not set dataDir any more"));
            assertTrue(Words.ask(server.clientPort(), "conf").contains("maxClientCnxns=7"));
        }
    }

    @Test
    void shouldChangeNothingWhenTheServerLinesAreGone() throws IOException
    {
        final String line = "server.1=127.0.0.1:" + FreePorts.find() + ":" + FreePorts.find();
        Files.writeString(dir.resolve("myid"), "1");
        write("standaloneEnabled=false", line);
        try (Server server = launch())
        {
            write("standaloneEnabled=false", "maxClientCnxns=7");
            assertTrue(assertThrows(ConfigException.class, server::reload).getMessage()
                .contains("does not set server.N any more"));
            write("standaloneEnabled=false", line, "maxClientCnxns=7");
            assertEquals(List.of("maxClientCnxns 60 -> 7"), texts(server.reload().takenOver()));
        }
    }

    @Test
    void shouldHaveNothingToReadWithoutAFile() throws IOException
    {
        final Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0));
        try (server)
        {
            assertTrue(assertThrows(ConfigException.class, server::reload).getMessage()
                .contains("without a configuration file"));
        }

        assertThrows(IllegalStateException.class, server::reload);
    }

    private Server launch()
    {
        return Server.launch(new ServerContext().file(file));
    }

    private void write(final String... lines) throws IOException
    {
        Files.writeString(file, "dataDir=" + dir + "\nclientPort=0\n" + String.join("\n", lines) + "\n");
    }

    private static List<String> texts(final List<Reload.Change> changes)
    {
        return changes.stream().map(Reload.Change::toString).toList();
    }

    private static Socket socket(final Server server) throws IOException
    {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.clientPort());
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    /** Opens a session and returns the granted time-out, or -1 when the server closes the connection instead. */
    private static int grantedMs(final Server server, final int wantedMs) throws IOException
    {
        try (Socket socket = socket(server))
        {
            final ByteBuffer frame =
                ByteBuffer.allocate(48).putInt(44).putInt(0).putLong(0).putInt(wantedMs).putLong(0).putInt(16);
            socket.getOutputStream().write(frame.array());
            final byte[] answer = socket.getInputStream().readNBytes(12);
            return answer.length == 0 ? END : ByteBuffer.wrap(answer).getInt(8);
        }
    }
}
