/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.ZipException;

/** The data of a ZooKeeper server on disk: finds the snapshot and the logs that make up its state. */
final class ZooKeeperDirectory
{
    /** Directory of snapshots, logs and epochs within dataDir and dataLogDir. */
    static final String HOME_NAME = "version-2";
    static final String CURRENT_EPOCH = "currentEpoch";
    static final String ACCEPTED_EPOCH = "acceptedEpoch";
    private static final byte[] END = { 0, 0, 0, 1, '/' };
    private static final int PIECE_LENGTH = 64 * 1024;

    private final Path home;
    private final Path logHome;
    private final List<String> passedOver = new ArrayList<>();

    ZooKeeperDirectory(final Path dataDir, final Path dataLogDir) throws IOException
    {
        home = home(dataDir);
        logHome = home(dataLogDir);
    }

    private static Path home(final Path directory) throws IOException
    {
        final Path below = directory.resolve(HOME_NAME);
        if (Files.isDirectory(below))
        {
            return below;
        }
        if (Files.isDirectory(directory) && directory.endsWith(HOME_NAME))
        {
            return directory;
        }

        throw new IOException(directory + " holds no data of ZooKeeper: there is no " + below +
            ". Name the dataDir of its zoo.cfg, and with --log-dir its dataLogDir");
    }

    Path home()
    {
        return home;
    }

    /** Returns the newest snapshot that was written completely; null when there is none. */
    Path snapshot() throws IOException
    {
        final List<Path> snapshots = sorted(home, SnapshotName::snapshotZxid);
        for (int i = snapshots.size() - 1; i >= 0; i--)
        {
            final Path file = snapshots.get(i);
            if (isReadToItsEnd(file))
            {
                return file;
            }
            passedOver.add(file + " was not written to its end");
        }

        return null;
    }

    /** The system's error about an open file does not name it. */
    private static boolean isReadToItsEnd(final Path file) throws IOException
    {
        try
        {
            return SnapshotName.isPacked(file) ? isPackedWhole(file) : isWhole(file);
        }
        catch (final FileSystemException ex)
        {
            throw ex;
        }
        catch (final IOException ex)
        {
            throw new FileDamage(file, 0, FileInput.UNREADABLE + " (" + ex.getMessage() + ")");
        }
    }

    /**
     * Whether a snapshot was written completely. A crash cuts off the end of a file, and the end of a complete file is
     * known.
     */
    private static boolean isWhole(final Path file) throws IOException
    {
        try (SeekableByteChannel channel = Files.newByteChannel(file))
        {
            channel.position(Math.max(0, channel.size() - END.length));
            return Arrays.equals(Channels.newInputStream(channel).readNBytes(END.length), END);
        }
    }

    /** The same for a packed snapshot. One that is damaged counts as complete here: its reader says what is wrong. */
    private static boolean isPackedWhole(final Path file) throws IOException
    {
        try (InputStream in = FileInput.unpacked(file))
        {
            return isEnd(in);
        }
        catch (final EOFException ex)
        {
            return false;
        }
        catch (final ZipException ex)
        {
            return true;
        }
    }

    private static boolean isEnd(final InputStream in) throws IOException
    {
        final byte[] piece = new byte[PIECE_LENGTH];
        int kept = 0;
        for (int count = 0; count >= 0; count = in.read(piece, kept, piece.length - kept))
        {
            final int length = kept + count;
            kept = Math.min(length, END.length);
            System.arraycopy(piece, length - kept, piece, 0, kept);
        }

        return Arrays.equals(piece, 0, kept, END, 0, END.length);
    }

    /**
     * Returns the logs that may hold transactions after a zxid, in order: the last one that begins at or before it, and
     * all later ones.
     */
    List<Path> logs(final long afterZxid) throws IOException
    {
        final List<Path> logs = sorted(logHome, SnapshotName::logZxid);
        int first = 0;
        for (int i = 0; i < logs.size(); i++)
        {
            if (SnapshotName.logZxid(logs.get(i)) <= afterZxid)
            {
                first = i;
            }
        }

        return logs.subList(first, logs.size());
    }

    /** Returns the snapshots that were skipped because they are not complete. */
    List<String> passedOver()
    {
        return passedOver;
    }

    private static List<Path> sorted(final Path directory, final ToLongFunction<Path> zxid) throws IOException
    {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            for (final Path entry : entries)
            {
                if (zxid.applyAsLong(entry) != SnapshotName.NONE)
                {
                    files.add(entry);
                }
            }
        }
        files.sort(Comparator.comparingLong(zxid));

        return files;
    }

    /** Reads an epoch of a member of an ensemble; 0 where there is none, as in a standalone server. */
    long epoch(final String name) throws IOException
    {
        final Path file = home.resolve(name);
        if (!Files.exists(file))
        {
            return 0;
        }

        try
        {
            return requireEpoch(file, Long.parseLong(Files.readString(file).trim()));
        }
        catch (final NumberFormatException | CharacterCodingException ex)
        {
            throw new FileDamage(file, 0, "this is no number");
        }
    }

    /** An epoch is the upper half of a zxid. One that does not fit would come out as another one. */
    private static long requireEpoch(final Path file, final long epoch) throws FileDamage
    {
        if (epoch < 0 || epoch > Integer.MAX_VALUE)
        {
            throw new FileDamage(file, 0, "an epoch of " + epoch);
        }

        return epoch;
    }
}
