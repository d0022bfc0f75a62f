/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares answers with those of a real ZooKeeper server in the same state; values are masked. */
class WordsAsZooKeeperTest
{
    @TempDir
    private static Path dir;
    private static ZooKeeperReference reference;
    private static WordDeskFixture desk;

    @BeforeAll
    static void start() throws Exception
    {
        reference = new ZooKeeperReference(dir);
        desk = new WordDeskFixture(dir, "4lw.commands.whitelist=*\ndataDir=/d\n");
    }

    @AfterAll
    static void stop() throws Exception
    {
        desk.close();
        reference.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ruok", "isro", "gtmk", "srvr", "conf", "dirs", "wchs", "crst", "srst" })
    void shouldAnswerLineByLineAsZooKeeper(final String word) throws Exception
    {
        assertEquals(masked(reference.ask(word)), masked(desk.ask(word)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "stat", "cons", "wchc", "wchp", "dump" })
    void shouldAnswerTheSameLinesAsZooKeeper(final String word) throws Exception
    {
        assertEquals(sorted(masked(reference.ask(word))), sorted(masked(desk.ask(word))));
    }

    @Test
    void shouldListTheSameEnvironment() throws Exception
    {
        assertEquals(keys(reference.ask("envi"), "="), keys(desk.ask("envi"), "="));
    }

    @Test
    void shouldMonitorEverythingThatZooKeeperMonitors() throws Exception
    {
        final List<String> expected = keys(reference.ask("mntr"), "\t").stream()
            .filter(key -> !key.contains("_per_namespace")).toList();
        final List<String> actual = keys(desk.ask("mntr"), "\t");

        assertTrue(expected.size() > 400, "keys of the reference: " + expected.size());
        assertTrue(actual.containsAll(expected),
            () -> "missing: " + expected.stream().filter(key -> !actual.contains(key)).toList());
        assertEquals(List.of("zk_version", "zk_server_state"), actual.subList(0, 2));
    }

    @Test
    void shouldEchoTheTraceMask() throws Exception
    {
        assertEquals(reference.ask("stmk"), desk.ask("stmk"));
    }

    private static List<String> keys(final String text, final String separator)
    {
        return text.lines().map(line -> line.split(separator, 2)[0]).toList();
    }

    private static String sorted(final String text)
    {
        return String.join("\n", text.lines().sorted().distinct().toList());
    }

    private static String masked(final String text)
    {
        return text.replaceAll("Zookeeper version: .*", "Zookeeper version: V")
            .replaceAll("expire at .*:\n", "expire at DATE:\n").replaceAll("(data(Log)?Dir)=.*", "$1=PATH")
            .replaceAll("lop=[A-Z0-9]+", "lop=LOP").replaceAll(",lcxid=0x[0-9a-f]+", "")
            .replaceAll("0x[0-9a-f]+", "0xH")
            .replaceAll("-?[0-9]+(\\.[0-9]+)*", "N").replaceAll("\\[N\\]", "[O]");
    }
}
