/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * Keeps the client from preparing SASL when no login is configured. The client would otherwise look up the server's
 * host name, which takes seconds where reverse DNS does not answer, only to find that it has nothing to log in with.
 */
final class SaslSettings
{
    private SaslSettings()
    {
    }

    static void skipWithoutLogin(final ZKClientConfig config)
    {
        if (!hasLogin())
        {
            config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        }
    }

    private static boolean hasLogin()
    {
        return System.getProperty("java.security.auth.login.config") != null ||
            Security.getProperty("login.config.url.1") != null ||
            Files.exists(Path.of(System.getProperty("user.home", ""), ".java.login.config"));
    }
}
