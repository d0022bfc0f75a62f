/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the members of an ensemble from a configuration file. The leader validates them. */
final class MembersFile
{
    private MembersFile()
    {
    }

    /** Returns {@code key=value} lines for servers, groups and weights, sorted by key. */
    static String read(final Path file) throws CommandFailure
    {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
        }
        catch (final NoSuchFileException missing)
        {
            throw failure(file, "no such file");
        }
        catch (final IOException | IllegalArgumentException failure)
        {
            throw failure(file, failure.getMessage());
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
            throw failure(file, "it names no servers");
        }

        return members.toString();
    }

    private static CommandFailure failure(final Path file, final String reason)
    {
        return new CommandFailure("Error processing " + file + ": " + reason,
            "-file names a file with lines as server.1=host:port1:port2;port3");
    }
}
