/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A page in headless Chromium, driven by the keyboard like a person would. */
public final class BrowserTab implements AutoCloseable
{
    private static final long PATIENCE_S = 60;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Map<String, Integer> KEY_CODES = Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32);

    private final ObjectMapper json = new ObjectMapper();
    private final LinkedBlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final Process process;
    private final WebSocket socket;
    private int lastId;

    public BrowserTab(final Path browser, final Path profile, final String url, final int width, final int height,
        final boolean isDark) throws Exception
    {
        process = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-port=0", "--user-data-dir=" + profile, "--window-size=" + width + "," + height,
            "about:blank").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try
        {
            socket = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_S))
                .buildAsync(URI.create(target(profile)), new Listener()).get(PATIENCE_S, TimeUnit.SECONDS);
            call("Page.enable", Map.of());
            call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", width < 600));
            call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme",
                "value", isDark ? "dark" : "light"))));
            call("Page.navigate", Map.of("url", url));
        }
        catch (final Exception ex)
        {
            process.destroyForcibly();
            throw ex;
        }
    }

    /** Returns the browser of this machine. Without one, the test is skipped and says so. */
    public static Path browser(final String test)
    {
        final Optional<Path> browser = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .flatMap(place -> List.of(Path.of(place, "chromium"), Path.of(place, "google-chrome")).stream())
            .filter(Files::isExecutable)
            .findFirst();
        if (browser.isEmpty())
        {
            System.out.println("left out: " + test + " (needs the package chromium)");
        }
        assumeTrue(browser.isPresent(), "no browser");
        return browser.get();
    }

    /**
     * Returns the address at which the page is controlled. The browser writes its port to a file, and lists its pages
     * there.
     */
    private String target(final Path profile) throws Exception
    {
        final Path file = profile.resolve("DevToolsActivePort");
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (System.nanoTime() < deadlineNs && process.isAlive())
        {
            if (Files.exists(file) && Files.readAllLines(file).size() > 1)
            {
                final URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
                final HttpResponse<String> pages = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString());
                for (final JsonNode page : json.readTree(pages.body()))
                {
                    if ("page".equals(page.path("type").asText()))
                    {
                        return page.path("webSocketDebuggerUrl").asText();
                    }
                }
            }

            LockSupport.parkNanos(PAUSE_NS);
        }

        throw new IOException("the browser does not begin");
    }

    /** Joins the fragments of answers. */
    private final class Listener implements WebSocket.Listener
    {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean last)
        {
            text.append(data);
            if (last)
            {
                try
                {
                    answers.add(json.readTree(text.toString()));
                }
                catch (final IOException ex)
                {
                    throw new IllegalStateException(ex);
                }
                text.setLength(0);
            }

            from.request(1);
            return null;
        }
    }

    private JsonNode call(final String method, final Map<String, Object> parameters) throws Exception
    {
        final Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", ++lastId);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(json.writeValueAsString(message), true).get(PATIENCE_S, TimeUnit.SECONDS);
        while (true)
        {
            final JsonNode answer = answers.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (answer == null || answer.has("error"))
            {
                return fail(method + ": " + answer);
            }
            if (answer.path("id").asInt() == lastId)
            {
                return answer.path("result");
            }
        }
    }

    /** Returns the value of an expression in the page. */
    public String value(final String expression) throws Exception
    {
        final JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        return result.path("result").path("value").asText();
    }

    /** Waits until an expression in the page is true. */
    public void await(final String expression) throws Exception
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!"true".equals(value(expression)))
        {
            if (System.nanoTime() > deadlineNs)
            {
                fail("in vain: " + expression + "\n" + value("document.body.innerText"));
            }

            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Presses and releases a key. */
    public void key(final String name) throws Exception
    {
        key(name, 0);
    }

    private void key(final String name, final int modifiers) throws Exception
    {
        final Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "keyDown");
        event.put("key", name);
        event.put("code", " ".equals(name) ? "Space" : name);
        event.put("modifiers", modifiers);
        event.put("windowsVirtualKeyCode", KEY_CODES.get(name));
        if ("Enter".equals(name))
        {
            event.put("text", "\r");
        }
        if (" ".equals(name))
        {
            event.put("text", " ");
        }
        call("Input.dispatchKeyEvent", event);
        event.put("type", "keyUp");
        event.remove("text");
        call("Input.dispatchKeyEvent", event);
    }

    public void type(final String text) throws Exception
    {
        call("Input.insertText", Map.of("text", text));
    }

    /** Returns what has the focus: the id of the element, or else its text. */
    public String focus() throws Exception
    {
        return value("(e => e.id || e.textContent.trim() || e.tagName)(document.activeElement)");
    }

    /** Presses the Tab key until something has the focus, like a person without a mouse. */
    public void tabTo(final String wanted) throws Exception
    {
        final StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 100; i++)
        {
            key("Tab");
            final String focus = focus();
            if (wanted.equals(focus))
            {
                return;
            }
            seen.append(focus).append(", ");
        }

        fail("the key Tab never comes to " + wanted + ": " + seen);
    }

    @Override
    public void close()
    {
        socket.abort();
        process.destroyForcibly();
        process.onExit().join();
    }
}
