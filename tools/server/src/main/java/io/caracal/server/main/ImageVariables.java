/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.config.ConfigException;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment variables from which container images of ZooKeeper write the server lines of a zoo.cfg. Nothing here
 * reads them, so a server that is started like such an image would serve alone where its operator means an ensemble.
 */
final class ImageVariables
{
    /** Of the official image and others, and of those for Kafka. */
    private static final List<String> OF_SERVERS = List.of("ZOO_SERVERS", "ZOOKEEPER_SERVERS");
    /** Each server has two ports, however the images separate them. */
    private static final Pattern SERVER = Pattern.compile(":\\d+:\\d+");

    private ImageVariables()
    {
    }

    /**
     * Checks that no variable asks for an ensemble of which the settings know nothing.
     *
     * @throws ConfigException naming the variable.
     */
    static void check(final Map<String, String> environment, final Settings settings)
    {
        if (!settings.numbered(ServerProperty.SERVERS).isEmpty())
        {
            return;
        }

        for (final String name : OF_SERVERS)
        {
            final long servers = SERVER.matcher(environment.getOrDefault(name, "")).results().count();
            if (servers > 1)
            {
                throw new ConfigException("the environment variable " + name + " names " + servers +
                    " servers, but is not read here, and this would be a server alone; write the lines server.N into" +
                    " the configuration file and N into dataDir/myid, or unset " + name);
            }
        }
    }
}
