/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.metrics.Traffic;
import io.caracal.server.metrics.Vital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordServerTest
{
    private static final int STALL_CYCLES = 100;

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    @TempDir
    private Path dir;
    private WordDeskFixture desk;

    @BeforeEach
    void open()
    {
        desk = new WordDeskFixture(dir, "4lw.commands.whitelist=*\ndataDir=/d\n");
    }

    @AfterEach
    void close()
    {
        desk.close();
    }

    @Test
    void shouldAnswerShortWords()
    {
        assertEquals("imok", desk.ask("ruok"));
        assertEquals("rw", desk.ask("isro"));
        assertEquals("306", desk.ask("gtmk"));
        assertEquals("511", desk.ask("stmk"));
        assertEquals("511", desk.ask("gtmk"));
        assertEquals("Connection stats reset.\n", desk.ask("crst"));
        assertEquals("Server stats reset.\n", desk.ask("srst"));
        assertTrue(desk.engine.seen.contains(OperatorQuery.RESET_CONNECTIONS));
    }

    /** The thread that adds it may lose its processor in the middle. That must not end the server. */
    @Test
    void shouldTakeAWordLaterThatIsJustBeingAdded()
    {
        desk.isOneBeingAdded = true;
        final long connectionId = desk.send("ruok", 0);
        desk.cycle();
        assertFalse(desk.isFinished(connectionId));
        assertTrue(desk.server.isBusy(), "nobody would look again");

        desk.isOneBeingAdded = false;
        assertEquals("imok", desk.await(connectionId));
    }

    @Test
    void shouldResetLatencies()
    {
        assertTrue(desk.ask("srvr").contains("Latency min/avg/max: 3/"));
        desk.ask("srst");
        assertTrue(desk.ask("srvr").contains("Latency min/avg/max: 0/0.0/0"));
    }

    /** Counted as in ZooKeeper: the word itself before it is answered, its answer afterwards. */
    @Test
    void shouldCountWordsAsPackets()
    {
        assertTrue(desk.ask("srvr").contains("\nReceived: 1\nSent: 0\n"));
        desk.ask("ruok");
        assertTrue(desk.ask("srvr").contains("\nReceived: 3\nSent: 2\n"));
        desk.ask("srst");
        assertTrue(desk.ask("srvr").contains("\nReceived: 1\nSent: 1\n"));
    }

    @Test
    void shouldCountFromTheResetOn()
    {
        desk.metrics.count(Count.COMMITS).getAndAdd(5);
        desk.metrics.traffic(Traffic.BYTES_RECEIVED).getAndAdd(80);
        desk.metrics.vital(Vital.SNAPSHOTS_TOO_SOON).getAndAdd(3);
        assertTrue(desk.ask("mntr").contains("\nzk_commit_count\t5\n"));
        desk.ask("srst");
        desk.metrics.count(Count.COMMITS).getAndAdd(2);

        final String figures = desk.ask("mntr");
        assertTrue(figures.contains("\nzk_commit_count\t2\n"), figures);
        assertTrue(figures.contains("\nzk_bytes_received_count\t0\n"), figures);
        assertTrue(figures.contains("\nzk_snapshot_rate_limited_count\t0\n"), figures);
        assertTrue(figures.contains("\nzk_num_alive_connections\t3\n"), figures);
    }

    @Test
    void shouldDescribeTheServer()
    {
        assertEquals("""
            Zookeeper version: 3.9.5-test, built on 2026-01-01 00:00 UTC
            Latency min/avg/max: 3/3.6291/3
            Received: 1
            Sent: 0
            Connections: 3
            Outstanding: 0
            Zxid: 0x100000004
            Mode: standalone
            Node count: 7
            """, desk.ask("srvr"));
    }

    @Test
    void shouldListConnectionsInBrief()
    {
        assertTrue(desk.ask("stat").startsWith("""
            Zookeeper version: 3.9.5-test, built on 2026-01-01 00:00 UTC
            Clients:
             /127.0.0.1:52154[1](queued=0,recved=5,sent=5)
             /127.0.0.1:52156[5](queued=0,recved=5,sent=5)
             /127.0.0.1:52220[0](queued=0,recved=1,sent=0)

            Latency min/avg/max:"""));
    }

    @Test
    void shouldListConnectionsInFull()
    {
        final String rest = "lzxid=0x4,lresp=1440509,llat=1,minlat=0,avglat=5,maxlat=13)\n";

        assertEquals(" /127.0.0.1:52154[1](queued=0,recved=5,sent=5,sid=0x1000015f9ab0000,lop=EXIS," +
            "est=1795202372934,to=10000,lcxid=0x4," + rest + " /127.0.0.1:52156[5](queued=0,recved=5,sent=5," +
            "sid=0x1000015f9ab0001,lop=GETD,est=1795202372934,to=10000,lcxid=0x2," + rest +
            " /127.0.0.1:52220[0](queued=0,recved=1,sent=0)\n\n", desk.ask("cons"));
    }

    @Test
    void shouldListWatches()
    {
        assertEquals("2 connections watching 3 paths\nTotal watches:4\n", desk.ask("wchs"));
        assertEquals("0x1000015f9ab0000\n\t/e1\n\t/nope\n0x1000015f9ab0001\n\t/e1\n\t/e2\n\n", desk.ask("wchc"));
        assertEquals("""
            /e1
            \t0x1000015f9ab0000
            \t0x1000015f9ab0001
            /e2
            \t0x1000015f9ab0001
            /nope
            \t0x1000015f9ab0000

            """, desk.ask("wchp"));
    }

    @Test
    void shouldListDigests()
    {
        assertEquals("80: 123456\n100: -5\n", desk.ask("hash"));
    }

    @Test
    void shouldMeasureDirectories() throws IOException
    {
        Files.write(Files.createDirectories(dir.resolve("caracal-1").resolve("log")).resolve("f"), new byte[1234]);

        assertEquals("datadir_size: 1234\nlogdir_size: 1234\n", desk.ask("dirs"));
        assertTrue(desk.ask("conf").contains("dataDirSize=1234\n"));
    }

    @Test
    void shouldDumpSessionsAndEphemerals()
    {
        final String text = desk.ask("dump").replaceAll("expire at .*:\n", "expire at DATE:\n");

        assertEquals("""
            SessionTracker dump:
            Session Sets (2)/(2):
            1 expire at DATE:
            \t0x1000015f9ab0000
            1 expire at DATE:
            \t0x1000015f9ab0001
            ephemeral nodes dump:
            Sessions with Ephemerals (1):
            0x1000015f9ab0000:
            \t/e1
            \t/e2
            Connections dump:
            Connections Sets (2)/(3):
            1 expire at DATE:
            \tip: /127.0.0.1:52220 sessionId: 0x0
            2 expire at DATE:
            \tip: /127.0.0.1:52154 sessionId: 0x1000015f9ab0000
            \tip: /127.0.0.1:52156 sessionId: 0x1000015f9ab0001
            """, text);
    }

    @Test
    void shouldStreamAHundredThousandSessionsInBoundedPieces()
    {
        final int sessions = 100_000;
        desk.engine.answers.put(OperatorQuery.SESSIONS, () -> LongStream.range(0, sessions)
            .mapToObj(id -> FakeEngine.session(id + 1, 9_400 + id / 1000 * 3_000)));
        desk.engine.answers.put(OperatorQuery.EPHEMERALS, () -> LongStream.range(0, sessions)
            .mapToObj(id -> FakeEngine.ephemeral(id + 1, "/services/some-service/member-" + id)));
        desk.engine.answers.put(OperatorQuery.CONNECTIONS, () -> LongStream.range(0, sessions)
            .mapToObj(id -> FakeEngine.connection(id + 1, (int)(id & 0xffff), 3, 4)));
        desk.unsentMax = 20_000;
        final String text = desk.ask("dump");

        assertTrue(text.contains("Session Sets (100)/(100000):\n"));
        assertTrue(text.contains("Sessions with Ephemerals (100000):\n"));
        assertEquals(sessions, text.lines().filter(line -> line.startsWith("\t0x")).count());
        assertEquals(sessions, text.lines().filter(line -> line.startsWith("\t/services/")).count());
        assertEquals(sessions + 1, text.lines().filter(line -> line.startsWith("\tip: ")).count());
        assertTrue(desk.pieceLengthMax < 20_000, "longest piece " + desk.pieceLengthMax);
    }

    @Test
    void shouldPassRecordsLongerThanItsRing()
    {
        final String path = "/" + "x".repeat(1_000_000);
        desk.engine.answers.put(OperatorQuery.WATCHES_BY_PATH,
            () -> Stream.of(FakeEngine.watch(1, path), FakeEngine.watch(2, "/short")));

        assertEquals(path + "\n\t0x1\n/short\n\t0x2\n\n", desk.ask("wchp"));
    }

    @Test
    void shouldNotLetASlowReaderHoldUpOthers()
    {
        desk.engine.answers.put(OperatorQuery.CONNECTIONS,
            () -> LongStream.range(0, 10_000).mapToObj(id -> FakeEngine.connection(id + 1, 1, 3, 4)));
        desk.unsentMax = 0;
        final long slow = desk.send("cons", 0);
        for (int i = 0; i < 1000; i++)
        {
            desk.cycle();
        }

        assertFalse(desk.isFinished(slow));
        desk.unsentMax = Integer.MAX_VALUE;
        assertEquals("imok", desk.ask("ruok"));
        assertEquals(10_002, desk.await(slow).lines().count());
    }

    @Test
    void shouldNotLetReadersThatTakeNothingKeepAllQueries()
    {
        final List<Long> stalled = stalled(OperatorBridge.ANYTHING_MAX);
        final long patient = desk.send("isro", 0);
        desk.cycle();
        desk.nowNs += WordAnswer.READER_MAX_NS;
        desk.cycle();
        assertFalse(stalled.stream().anyMatch(desk::isFinished));
        desk.nowNs++;
        assertEquals("rw", desk.await(patient));
        stalled.forEach(id -> assertEquals("", desk.await(id)));
    }

    @Test
    void shouldBePatientWithAReaderThatKeepsNobodyFromHisAnswer()
    {
        final List<Long> stalled = stalled(1);
        desk.nowNs += 2 * WordAnswer.READER_MAX_NS;
        assertEquals("rw", desk.ask("isro"));
        assertFalse(desk.isFinished(stalled.get(0)));
    }

    /** Opens connections that do not read, each with an open query. */
    private List<Long> stalled(final int count)
    {
        desk.engine.answers.put(OperatorQuery.CONNECTIONS,
            () -> Stream.generate(() -> FakeEngine.connection(1, 1, 3, 4)));
        final List<Long> stalled = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            stalled.add(desk.send("cons", 0));
            desk.stall(stalled.get(i));
        }
        for (int i = 0; i < STALL_CYCLES; i++)
        {
            desk.cycle();
        }

        return stalled;
    }

    @Test
    void shouldStopAskingWhenTheReaderHangsUp()
    {
        desk.engine.answers.put(OperatorQuery.CONNECTIONS,
            () -> Stream.generate(() -> FakeEngine.connection(1, 1, 3, 4)));
        final long endless = desk.send("cons", 0);
        for (int i = 0; i < 100; i++)
        {
            desk.cycle();
        }

        desk.hangUp(endless);
        assertEquals("gone", desk.await(endless));
        desk.cycle();
        assertEquals(1, desk.engine.cancelled.size());
        for (int i = 0; i < 3 * OperatorBridge.QUERIES_MAX; i++)
        {
            assertEquals("rw", desk.ask("isro"));
        }
    }

    @Test
    void shouldAnswerMoreWordsThanQueriesMayBeOpen()
    {
        desk.engine.queriesMax = 2;
        final long[] ids = LongStream.range(0, 40).map(i -> desk.send("wchs", 0)).toArray();
        for (final long id : ids)
        {
            assertEquals("2 connections watching 3 paths\nTotal watches:4\n", desk.await(id));
        }
    }

    @Test
    void shouldTurnAwayWordsThatFindNoRoom()
    {
        desk.engine.isSilent = true;
        final long[] ids = LongStream.range(0, WordServer.WAITING_MAX + 1).map(i -> desk.send("srvr", 0)).toArray();

        assertTrue(desk.isFinished(ids[WordServer.WAITING_MAX]));
        assertFalse(desk.isFinished(ids[0]));
    }

    @Test
    void shouldObeyTheWhitelist()
    {
        try (WordDeskFixture strict = new WordDeskFixture(dir, "4lw.commands.whitelist=ruok, conf\ndataDir=/d\n"))
        {
            assertEquals("imok", strict.ask("ruok"));
            assertTrue(strict.ask("conf").startsWith("clientPort=2181\n"));
            assertTrue(strict.ask("srvr").startsWith("Zookeeper version"));
            assertEquals("isro is not executed because it is not in the whitelist.\n", strict.ask("isro"));
            assertEquals("mntr is not executed because it is not in the whitelist.\n", strict.ask("mntr"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "srvr", "stat", "cons", "conf", "dirs", "crst", "srst", "wchs", "wchc", "wchp", "dump",
        "mntr" })
    void shouldSayThatItDoesNotServe(final String word)
    {
        desk.engine.isServing = false;

        assertEquals(NOT_SERVING + "\n", desk.ask(word));
    }

    @Test
    void shouldAnswerSomeWordsWithoutServing()
    {
        desk.engine.isServing = false;

        assertEquals(NOT_SERVING, desk.ask("hash"));
        assertEquals("imok", desk.ask("ruok"));
        assertEquals("null", desk.ask("isro"));
        assertEquals("306", desk.ask("gtmk"));
        assertTrue(desk.ask("envi").startsWith("Environment:\nzookeeper.version=3.9.5-test"));
    }

    @Test
    void shouldGiveUpOnAnEngineThatHangs()
    {
        desk.engine.isSilent = true;
        final long id = desk.send("srvr", 0);
        desk.cycle();
        desk.nowNs += WordAnswer.SILENCE_MAX_NS;
        desk.cycle();
        assertFalse(desk.isFinished(id));
        desk.nowNs += 1;

        assertEquals(NOT_SERVING + "\n", desk.await(id));
        desk.engine.isSilent = false;
        assertEquals("rw", desk.ask("isro"));
    }
}
