/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A server in one directory, and another directory for its backups. */
abstract class BackupFixture
{
    @TempDir
    Path live;

    @TempDir
    Path dir;

    Path filled() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
        Run.done("backup", backup, "--from", live);

        return backup;
    }

    static Path log(final Path backup) throws Exception
    {
        try (Stream<Path> files = Files.list(backup))
        {
            return files.filter(file -> file.getFileName().toString().startsWith("log-")).collect(Collectors.toList())
                .get(0);
        }
    }

    static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }
}
