/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The directory of an ensemble on one machine, with a folder per member. Remembers how many of them vote, and refuses
 * others: a majority of fewer voters, or one with a server that had no vote, could miss what was acknowledged.
 */
final class EnsembleDirectory
{
    private static final String PARTICIPANTS = "participants";

    private final Path directory;

    EnsembleDirectory(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Takes the directory for an ensemble.
     *
     * @param participants number of members that vote, the first ones.
     * @param members      number of all members.
     * @throws LaunchException when it holds the data of another ensemble.
     * @throws IOException     when it cannot be read or written.
     */
    void take(final int participants, final int members) throws IOException
    {
        if (Files.isDirectory(directory))
        {
            requireRoomForAll(members);
            requireSameVoters(participants);
        }

        Files.createDirectories(directory);
        Files.writeString(directory.resolve(PARTICIPANTS), participants + "\n");
    }

    private void requireRoomForAll(final int members) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory))
        {
            final long largest = entries.filter(EnsembleDirectory::isFilled)
                .map(entry -> entry.getFileName().toString()).filter(name -> name.matches("\\d{1,3}"))
                .mapToLong(Long::parseLong).max().orElse(0);
            if (largest > members)
            {
                throw new LaunchException(ExitCode.DATA, directory + " holds the data of " + largest +
                    " servers, and fewer could miss what those agreed on; start " + largest +
                    ", or name another directory", null);
            }
        }
    }

    /** More voters are possible if the new ones are blank: those have no vote before they hold what others hold. */
    private void requireSameVoters(final int participants) throws IOException
    {
        final Path file = directory.resolve(PARTICIPANTS);
        final String before = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!before.matches("\\d{1,3}"))
        {
            return;
        }

        final int voters = Integer.parseInt(before);
        final int first = Math.min(voters, participants) + 1;
        if (IntStream.rangeClosed(first, Math.max(voters, participants))
            .anyMatch(id -> isFilled(directory.resolve(Integer.toString(id)))))
        {
            throw new LaunchException(ExitCode.DATA, directory + " holds the data of " + voters +
                " participants, and of others a majority could miss what those agreed on; start " + voters +
                " participants, or name another directory", null);
        }
    }

    private static boolean isFilled(final Path member)
    {
        return Files.isDirectory(member.resolve(DataDirectory.OWN));
    }
}
