/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;

/** The members of an ensemble out of a configuration file; the leader checks them. */
final class MembersFile
{
    private MembersFile()
    {
    }

    /** Lines {@code key=value} for servers, groups and weights, sorted by key. */
    static String read(final Path file) throws CommandFailure
    {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
        }
        catch (final IOException | IllegalArgumentException failure)
        {
            throw new CommandFailure("Error processing " + file + ": " + failure.getMessage(),
                "-file names a file with lines as server.1=host:port1:port2;port3");
        }

        final StringBuilder members = new StringBuilder();
        for (final Object key : new TreeMap<>(properties).keySet())
        {
            final String name = key.toString().trim();
            if (name.startsWith("server.") || name.startsWith("group.") || name.startsWith("weight."))
            {
                members.append(name).append('=').append(properties.getProperty(key.toString()).trim()).append('\n');
            }
        }

        if (members.length() == 0)
        {
            throw new CommandFailure("Error processing " + file + ": it names no servers",
                "-file names a file with lines as server.1=host:port1:port2;port3");
        }

        return members.toString();
    }
}
