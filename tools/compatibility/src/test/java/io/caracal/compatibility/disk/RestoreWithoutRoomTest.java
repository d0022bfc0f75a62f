/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.clients.Official;
import io.caracal.transport.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A restore over HTTP that is too large for the disk is refused with the name of the full place, and changes nothing.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestoreWithoutRoomTest
{
    private static final String DISK_SIZE = "450m";
    private static final String CREDENTIALS = "super:secret";
    private static final byte[] DATA = { 1, 2, 3 };

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldNameTheDirectoryThatHasTooLittleRoom() throws Exception
    {
        SmallDisk.require("RestoreWithoutRoomTest");
        final int port = FreePorts.find();
        try (SmallDisk disk = SmallDisk.mount(DISK_SIZE);
            ServerUnderTest server = ServerKind.caracals().get(0)
                .launch(new ServerSettings().disk(disk).with("admin.enableServer", "true")
                    .with("admin.serverPort", Integer.toString(port)).with(
                        "DigestAuthenticationProvider.superDigest", "super:" +
                            digest()));
            Official client = Official.connect(server))
        {
            client.create("/kept", DATA, Official.OPEN, CreateMode.PERSISTENT);
            final byte[] snapshot = http.send(request(port, "snapshot").build(),
                HttpResponse.BodyHandlers.ofByteArray()).body();
            client.create("/later", DATA, Official.OPEN, CreateMode.PERSISTENT);

            final HttpResponse<String> reply =
                http.send(request(port, "restore").POST(HttpRequest.BodyPublishers.ofByteArray(snapshot)).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertEquals(500, reply.statusCode(), reply.body());
            assertTrue(reply.body().contains("there is no room for it in " + disk.directory()), reply.body());
            assertTrue(reply.body().contains("MB are free"), reply.body());
            assertTrue(reply.body().contains("nothing was changed"), reply.body());
            assertArrayEquals(DATA, client.getData("/later", false, null));
            try (Stream<Path> files = Files.walk(disk.outside()))
            {
                assertFalse(files.anyMatch(file -> file.endsWith("upload")), "what was sent is left behind");
            }
        }
    }

    private static HttpRequest.Builder request(final int port, final String command)
    {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/commands/" + command))
            .timeout(Duration.ofSeconds(60)).header("Authorization", "digest " + CREDENTIALS);
    }

    private static String digest() throws Exception
    {
        return Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance("SHA1").digest(CREDENTIALS.getBytes(StandardCharsets.UTF_8)));
    }
}
