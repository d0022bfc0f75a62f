/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a headless browser: what a person sees once its scripts have run. */
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
        final Path browser = BrowserTab.browser("shouldShowTheServerAndItsTree");
        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).clientPort(0)
            .clientPortAddress("127.0.0.1").set("admin.serverPort", "0")))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            final List<ACL> open = Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));
            client.create("/dogs", "<i>\u00e4hnlich</i>".getBytes(StandardCharsets.UTF_8), open, CreateMode.PERSISTENT);
            client.create("/dogs/rex", null, open, CreateMode.PERSISTENT);
            client.create("/dogs/ace", new byte[]{ 'a', 0, 1 }, open, CreateMode.PERSISTENT);

            final String url = "http://127.0.0.1:" + server.adminPort() + "/";
            final String overview = page(browser, url);
            assertTrue(overview.contains(">standalone<"), overview);
            assertTrue(overview.contains(">create<"), overview);
            assertTrue(overview.contains(">journal, until durable<"), overview);
            assertTrue(overview.contains(">reply<"), overview);
            assertTrue(overview.contains("None took longer than 1,000 ms"), overview);

            final String tree = page(browser, url + "#tree=/dogs");
            assertTrue(tree.contains(">standalone<"), "the tree page does not say whose it is");
            assertTrue(tree.contains(">rex<"), tree);
            assertTrue(tree.indexOf(">ace<") < tree.indexOf(">rex<"), "children are not in the order of their names");
            assertTrue(tree.contains("&lt;i&gt;\u00e4hnlich&lt;/i&gt;"), "data is shown as text");
            assertFalse(tree.contains("<i>"), "data reached the page as markup");

            final String binary = page(browser, url + "#tree=/dogs/ace");
            assertTrue(binary.contains("(not text; its bytes:)\n0000  61 00 01"), binary);

            final String missing = page(browser, url + "#tree=/cats");
            assertTrue(missing.contains("/cats: there is no such znode"), missing);
            client.close();
        }
    }

    @Test
    void shouldLetTheSuperUserChangeTheTreeWithKeysAlone() throws Exception
    {
        final Path browser = BrowserTab.browser("shouldLetTheSuperUserChangeTheTreeWithKeysAlone");
        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).clientPort(0)
            .clientPortAddress("127.0.0.1").set("admin.serverPort", "0")
            .set("DigestAuthenticationProvider.superDigest", "super:" + AdminTarget.digest("super:secret")));
            BrowserTab tab = new BrowserTab(browser, dir.resolve("tab"), "http://127.0.0.1:" + server.adminPort() + "/",
                390, 900, true))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            tab.await("document.getElementById('role').textContent === 'standalone'");
            tab.tabTo("go-tree");
            tab.key("Enter");
            tab.await("document.getElementById('children').textContent.includes('zookeeper')");
            assertEquals("true", tab.value("document.getElementById('edit').hidden"), "changes are offered to anybody");

            tab.tabTo("credentials");
            tab.type("super:secret");
            tab.key("Enter");
            tab.await("!document.getElementById('edit').hidden");
            tab.tabTo("child-name");
            tab.type("rex");
            tab.tabTo("child-data");
            tab.type("w\u00fcrstchen");
            tab.tabTo("Create");
            tab.key("Enter");
            tab.await("document.getElementById('done').textContent === '/rex is created.'");
            assertEquals("w\u00fcrstchen", new String(client.getData("/rex", false, null), StandardCharsets.UTF_8));

            tab.tabTo("rex");
            tab.key("Enter");
            tab.await("document.getElementById('set-data').value === 'w\u00fcrstchen'");
            client.setData("/rex", new byte[]{ 0, 13 }, -1);
            tab.tabTo("Set data");
            tab.key("Enter");
            tab.await("document.getElementById('problem').textContent.includes('changed by somebody else')");
            tab.tabTo("Go");
            tab.key("Enter");
            tab.await("document.getElementById('set-data').value === '00 0d'");
            tab.tabTo("set-data");
            tab.type(" 0A");
            tab.tabTo("Set data");
            tab.key("Enter");
            tab.await("document.getElementById('done').textContent === 'Data of /rex is set.'");
            assertEquals(3, client.getData("/rex", false, null).length);

            tab.tabTo("delete");
            tab.key("Enter");
            tab.await("document.getElementById('confirm').open");
            assertEquals("confirm-no", tab.focus(), "Enter alone must not delete");
            tab.key("Escape");
            tab.await("!document.getElementById('confirm').open");
            tab.key("Enter");
            tab.tabTo("confirm-yes");
            tab.key("Enter");
            tab.await("document.getElementById('done').textContent === '/rex is deleted.'");
            tab.await("document.getElementById('path').value === '/'");
            assertEquals(null, client.exists("/rex", false));
            client.close();
        }
    }

    @Test
    void shouldShowAZnodeWholeOnAPhoneAndForgetWhatIsOver() throws Exception
    {
        final Path browser = BrowserTab.browser("shouldShowAZnodeWholeOnAPhoneAndForgetWhatIsOver");
        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).clientPort(0)
            .clientPortAddress("127.0.0.1").set("admin.serverPort", "0")))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            client.create("/bytes", "sixteen or more bytes".getBytes(StandardCharsets.US_ASCII), AdminTarget.open(),
                CreateMode.PERSISTENT);
            client.close();
            try (BrowserTab tab = new BrowserTab(browser, dir.resolve("tab"), "http://127.0.0.1:" + server.adminPort() +
                "/#tree=/bytes", 390, 844, true))
            {
                showWholeAndForget(tab);
            }
        }
    }

    private static void showWholeAndForget(final BrowserTab tab) throws Exception
    {
        tab.await("document.getElementById('data').textContent === 'sixteen or more bytes'");
        assertEquals("true", tab.value(fits("document.getElementById('stat').parentElement")), "values are cut off");
        tab.tabTo("Hex");
        tab.key("Enter");
        tab.await("document.getElementById('data').textContent.startsWith(" +
            "'0000  73 69 78 74 65 65 6e 20 sixteen \\n0008  ')");
        assertEquals("true", tab.value(fits("document.getElementById('data')")), "bytes are cut off");

        tab.value("window.answering = window.fetch; window.fetch = () => Promise.reject(new Error('gone')); 1");
        tab.await("document.getElementById('problem').textContent.includes('does not answer: gone')");
        tab.value("window.fetch = window.answering; 1");
        tab.await("document.getElementById('problem').hidden");

        tab.value("location.hash = '#tree=/100%'");
        tab.await("document.getElementById('problem').textContent.includes('/100%: there is no such znode')");
    }

    private static String fits(final String element)
    {
        return element + ".scrollWidth <= " + element + ".clientWidth";
    }

    /**
     * Returns the page after its scripts have run for some virtual time; errors on the browser's console fail the test.
     */
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
        // A request that the page's own server refuses is an error, too; there is one for a missing znode.
        final List<String> complaints = Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE"))
            .filter(line -> !line.contains("status of 404")).toList();
        assertEquals(List.of(), complaints);
        return Files.readString(out);
    }
}
