/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a browser without a screen: what a person sees once its scripts have run. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DashboardBrowserTest
{
    private static final int ALL = 31;
    private static final long LIMIT_S = 60;

    @TempDir
    private Path dir;
    private int pages;

    @Test
    void shouldShowTheServerAndItsTree() throws Exception
    {
        final Optional<Path> browser = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .flatMap(place -> List.of(Path.of(place, "chromium"), Path.of(place, "google-chrome")).stream()).filter(
                Files::isExecutable)
            .findFirst();
        if (browser.isEmpty())
        {
            System.out.println("left out: shouldShowTheServerAndItsTree (needs the package chromium)");
        }
        assumeTrue(browser.isPresent(), "no browser");

        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).clientPort(0)
            .clientPortAddress("127.0.0.1").set("admin.serverPort", "0")))
        {
            final ZooKeeper client = AdminAsk.connect(server.connectString());
            final List<ACL> open = Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));
            client.create("/dogs", "<i>\u00e4hnlich</i>".getBytes(StandardCharsets.UTF_8), open, CreateMode.PERSISTENT);
            client.create("/dogs/rex", null, open, CreateMode.PERSISTENT);

            final String url = "http://127.0.0.1:" + server.adminPort() + "/";
            final String overview = page(browser.get(), url);
            assertTrue(overview.contains(">standalone<"), overview);
            assertTrue(overview.contains(">create<"), overview);
            assertTrue(overview.contains(">journal, until durable<"), overview);
            assertTrue(overview.contains(">reply<"), overview);
            assertTrue(overview.contains("None took longer than 1,000 ms"), overview);

            final String tree = page(browser.get(), url + "#tree=/dogs");
            assertTrue(tree.contains(">standalone<"), "the tree page does not say whose it is");
            assertTrue(tree.contains(">rex<"), tree);
            assertTrue(tree.contains("&lt;i&gt;\u00e4hnlich&lt;/i&gt;"), "data is shown as text");
            assertFalse(tree.contains("<i>"), "data reached the page as markup");

            final String missing = page(browser.get(), url + "#tree=/cats");
            assertTrue(missing.contains("/cats: there is no such znode"), missing);
            client.close();
        }
    }

    /** The page when its scripts have run for some time of their own clock; complaints of the browser fail the test. */
    private String page(final Path browser, final String url) throws Exception
    {
        final Path out = dir.resolve("page-" + ++pages + ".html");
        final Path log = dir.resolve("page-" + pages + ".log");
        final Process process = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox",
            "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--enable-logging=stderr", "--user-data-dir=" + dir.resolve("profile"),
            "--window-size=390,900", "--virtual-time-budget=3000", "--dump-dom", url).redirectOutput(out.toFile())
            .redirectError(log.toFile()).start();
        try
        {
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "the browser does not end: " + log);
            assertEquals(0, process.exitValue(), Files.readString(log));
        }
        finally
        {
            process.destroyForcibly();
        }
        // A request that the page's own server refuses is a complaint, too: there is one for a missing znode.
        final List<String> complaints = Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE"))
            .filter(line -> !line.contains("status of 404")).toList();
        assertEquals(List.of(), complaints);
        return Files.readString(out);
    }
}
