/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** A standalone server with an admin server and a super user, a client of it, and HTTP requests to it. */
final class AdminTarget
{
    /** Headers of the super user. */
    static final String[] SUPER = { "Authorization", "digest super:secret" };

    private static final int TIMEOUT_MS = 30_000;
    private static final int ALL = 31;
    private static final Pattern TOP_KEY = Pattern.compile("^  \"([^\"]+)\" : ", Pattern.MULTILINE);

    private final Path directory;
    private Server server;
    private ZooKeeper client;

    AdminTarget(final Path directory) throws Exception
    {
        this.directory = directory;
        launch();
    }

    private void launch() throws Exception
    {
        server = Server.launch(new ServerContext().dataDir(directory).clientPort(0).clientPortAddress("127.0.0.1")
            .set("admin.serverPort", "0").set("metricsProvider.httpPort", "0").set("4lw.commands.whitelist", "*")
            .set("metricsProvider.httpHost", "127.0.0.1")
            .set("DigestAuthenticationProvider.superDigest", "super:" + digest("super:secret")));
        client = OfficialClient.connect(server.connectString());
    }

    /** Closes the server and the client, and launches both again with the same data. */
    void relaunch() throws Exception
    {
        close();
        launch();
    }

    /** Replaces the client's session by a new one. */
    void reconnect() throws Exception
    {
        client.close();
        client = OfficialClient.connect(server.connectString());
    }

    Server server()
    {
        return server;
    }

    ZooKeeper client()
    {
        return client;
    }

    HttpResponse<String> get(final String path, final String... headers) throws Exception
    {
        return AdminAsk.of(server.adminPort(), "GET", path, headers);
    }

    /** Takes a snapshot as the super user. */
    byte[] snapshot() throws Exception
    {
        return AdminAsk.bytes(server.adminPort(), "/commands/snapshot", SUPER).body();
    }

    /** Sends a snapshot that replaces all data. */
    HttpResponse<String> restore(final byte[] body, final String... headers) throws Exception
    {
        return AdminAsk.of(server.adminPort(), "POST", "/commands/restore", body, headers);
    }

    /** Changes the tree, without credentials when they are null. */
    HttpResponse<String> change(final String method, final String query, final String body, final String credentials)
        throws Exception
    {
        final String[] headers = credentials == null ? new String[0] : new String[]{ "Authorization", "digest " +
            credentials };

        return AdminAsk.of(server.adminPort(), method, "/api/znode?" + query, body.getBytes(StandardCharsets.UTF_8),
            headers);
    }

    /** Returns the answer to bytes that no client library would send. */
    String raw(final String request) throws IOException
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.adminPort()))
        {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(
                request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String data(final String path) throws Exception
    {
        return new String(client.getData(path, false, null), StandardCharsets.UTF_8);
    }

    /** Returns the keys of the outermost object in their order. */
    static List<String> keys(final String json)
    {
        final List<String> keys = new ArrayList<>();
        final Matcher matcher = TOP_KEY.matcher(json);
        while (matcher.find())
        {
            keys.add(matcher.group(1));
        }

        return keys;
    }

    static List<ACL> open()
    {
        return Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));
    }

    static String digest(final String credentials) throws Exception
    {
        return Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance("SHA1").digest(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    void close() throws Exception
    {
        client.close();
        server.close();
    }
}
