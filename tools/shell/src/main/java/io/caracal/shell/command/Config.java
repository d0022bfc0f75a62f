/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who forms the ensemble. */
@Command(name = "config", customSynopsis = "config [-c] [-w] [-s]", description = "Show the configuration of the " +
    "ensemble.")
final class Config extends ShellCommand
{
    private static final String SERVER = "server.";

    @Option(names = "-c", description = "Only version and connect string for clients.")
    private boolean isForClients;

    @Option(names = "-w", description = "Watch it.")
    private boolean watch;

    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final Stat stat = new Stat();
        final byte[] data = shell.client().getConfig(watch, stat);
        final String text = data == null ? "null" : new String(data, StandardCharsets.UTF_8);

        shell.terminal().out(isForClients ? connectString(text) : text);
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }

    /** Lists the client addresses from lines {@code server.N=host:port:port:role;[host:]port}, ordered by server id. */
    static String connectString(final String text)
    {
        final Map<String, String> addresses =
            new TreeMap<>(Comparator.comparing(String::length).thenComparing(name -> name));
        String version = "";
        for (final String line : text.lines().toList())
        {
            final int equals = line.indexOf('=');
            final String key = line.substring(0, Math.max(0, equals)).trim();
            final String value = line.substring(equals + 1).trim();
            if (key.equals("version"))
            {
                version = value;
            }
            else if (key.startsWith(SERVER) && value.indexOf(';') >= 0)
            {
                addresses.put(key, clientAddress(value));
            }
        }

        return version + " " + String.join(",", addresses.values());
    }

    private static String clientAddress(final String server)
    {
        final int semicolon = server.indexOf(';');
        final String address = server.substring(semicolon + 1);
        return address.indexOf(':') >= 0 ? address : "0.0.0.0:" + address;
    }
}
