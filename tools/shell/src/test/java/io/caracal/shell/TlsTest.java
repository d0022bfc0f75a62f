/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.NettyServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.auth.ProviderRegistry;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests TLS through a client configuration, with the libraries that the shell ships and no native ones. */
class TlsTest
{
    private static final String PASSWORD = "password";
    private static final String CERTIFICATES = "zookeeper.authProvider.x509";
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    private ServerCnxnFactory server;

    @AfterEach
    void close()
    {
        server.shutdown();
        properties().keySet().forEach(System::clearProperty);
        System.clearProperty(CERTIFICATES);
        ProviderRegistry.removeProvider("x509");
    }

    @Test
    void shouldTalkToAServerThatWantsTls() throws Exception
    {
        createStores();
        startServer();
        final StringBuilder text = new StringBuilder("""
            zookeeper.client.secure=true
            zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty
            zookeeper.ssl.hostnameVerification=false
            """);
        properties().forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        final Path configuration = Files.writeString(directory.resolve("client.properties"), text);

        final CapturedRun run = CapturedRun.of("-q", "-client-configuration", configuration.toString(), "-server",
            "127.0.0.1:" + server.getLocalPort(), "ls", "/");

        assertEquals(List.of(), run.err());
        assertEquals(List.of("[zookeeper]"), run.out());
    }

    private void createStores() throws Exception
    {
        final String certificate = directory.resolve("certificate").toString();
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-keystore", store("key"));
        keytool("-exportcert", "-file", certificate, "-keystore", store("key"));
        keytool("-importcert", "-noprompt", "-file", certificate, "-keystore", store("trust"));
    }

    private void keytool(final String... args) throws Exception
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(args));
        command.addAll(List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", PASSWORD));

        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
            .start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "keytool did not end");
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    private void startServer() throws Exception
    {
        properties().forEach(System::setProperty);
        System.setProperty(CERTIFICATES, X509AuthenticationProvider.class.getName());
        ProviderRegistry.addOrUpdateProvider(CERTIFICATES);
        System.setProperty(ServerCnxnFactory.ZOOKEEPER_SERVER_CNXN_FACTORY, NettyServerCnxnFactory.class.getName());
        server = ServerCnxnFactory.createFactory();
        System.clearProperty(ServerCnxnFactory.ZOOKEEPER_SERVER_CNXN_FACTORY);
        server.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10, -1, true);
        server.startup(new ZooKeeperServer(directory.toFile(), directory.toFile(), 1_000));
    }

    private Map<String, String> properties()
    {
        return Map.of("zookeeper.ssl.keyStore.location", store("key"), "zookeeper.ssl.keyStore.password", PASSWORD,
            "zookeeper.ssl.keyStore.type", "PKCS12", "zookeeper.ssl.trustStore.location", store("trust"),
            "zookeeper.ssl.trustStore.password", PASSWORD, "zookeeper.ssl.trustStore.type", "PKCS12");
    }

    private String store(final String name)
    {
        return directory.resolve(name + ".p12").toString();
    }
}
