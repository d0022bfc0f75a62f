/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What a backup consists of: a text file that is replaced as a whole when everything it names is on disk. A file that
 * it does not name is what an interrupted backup left.
 *
 * <pre>
 *   caracal-backup 1
 *   epochs ACCEPTED CURRENT
 *   last ZXID CRC               of the last transaction; 0 where it is not known
 *   committed ZXID CRC          of the last one that surely was committed; missing where none is known
 *   snapshot ZXID LENGTH
 *   log AFTER-ZXID LAST-ZXID LENGTH
 *   end CRC                     of all lines before
 * </pre>
 */
final class BackupCatalog
{
    private static final String NAME = "catalog";
    private static final String HEAD = "caracal-backup 1";
    private static final int HEXADECIMAL = 16;

    private final Path directory;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Log> logs = new ArrayList<>();
    private long acceptedEpoch;
    private long currentEpoch;
    private End last = new End(-1, 0);
    private End committed = new End(-1, 0);

    /** A snapshot file. */
    record Snapshot(long zxid, long length)
    {
        String name()
        {
            return String.format(Locale.ROOT, "snapshot-%016x", zxid);
        }
    }

    /** Transactions after a zxid, up to another. */
    record Log(long afterZxid, long lastZxid, long length)
    {
        String name()
        {
            return String.format(Locale.ROOT, "log-%016x-%016x", afterZxid, lastZxid);
        }
    }

    /** A transaction and its checksum, which is 0 where it is not known. */
    record End(long zxid, int crc)
    {
        boolean isKnown()
        {
            return crc != 0;
        }
    }

    private BackupCatalog(final Path directory)
    {
        this.directory = directory;
    }

    static boolean exists(final Path directory)
    {
        return Files.exists(directory.resolve(NAME));
    }

    /** The catalog of a new backup. */
    static BackupCatalog blank(final Path directory)
    {
        return new BackupCatalog(directory);
    }

    /** Reads the catalog; whether its files are there is not looked at. */
    static BackupCatalog read(final Path directory) throws IOException
    {
        final BackupCatalog catalog = new BackupCatalog(directory);
        final Path file = directory.resolve(NAME);
        final List<String> lines = lines(file);
        final int end = lines.size() - 1;
        if (end < 1 || !HEAD.equals(lines.get(0)) || !lines.get(end).equals(endLine(lines.subList(0, end))))
        {
            throw new IOException(file + " is damaged, or none of a backup. Take another backup");
        }
        for (final String line : lines.subList(1, end))
        {
            catalog.take(line.split(" ", -1));
        }

        return catalog;
    }

    /** Reads bytes as letters, since one that is damaged need not be a letter. */
    private static List<String> lines(final Path file) throws IOException
    {
        try
        {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        }
        catch (final FileSystemException ex)
        {
            throw ex;
        }
        catch (final IOException ex)
        {
            // The system's error about an open file does not name it.
            throw new IOException(file + " cannot be read (" + ex.getMessage() + "). Take another backup", ex);
        }
    }

    private void take(final String... words) throws IOException
    {
        switch (words[0])
        {
            case "epochs" -> epochs(Long.parseLong(words[1]), Long.parseLong(words[2]));
            case "last" -> last(new End(hex(words[1]), (int)hex(words[2])));
            case "committed" -> committed(new End(hex(words[1]), (int)hex(words[2])));
            case "snapshot" -> snapshots.add(new Snapshot(hex(words[1]), Long.parseLong(words[2])));
            case "log" -> logs.add(new Log(hex(words[1]), hex(words[2]), Long.parseLong(words[3])));
            default -> throw new IOException(directory.resolve(NAME) + " names a " + words[0] +
                ", which a newer version wrote");
        }
    }

    private static long hex(final String text)
    {
        return Long.parseUnsignedLong(text, HEXADECIMAL);
    }

    /** Refuses a backup of which a file is missing or cut off. */
    BackupCatalog requireFiles() throws IOException
    {
        for (final Snapshot snapshot : snapshots)
        {
            requireFile(snapshot.name(), snapshot.length);
        }
        for (final Log log : logs)
        {
            requireFile(log.name(), log.length);
        }

        return this;
    }

    private void requireFile(final String name, final long length) throws IOException
    {
        final String damage = damageOf(name, length);
        if (damage != null)
        {
            throw new IOException(damage + ". Take another backup");
        }
    }

    /** What a look at a file shows to be wrong with it, before it is read; null if it has the right length. */
    String damageOf(final String name, final long length) throws IOException
    {
        final Path file = directory.resolve(name);
        if (!Files.exists(file))
        {
            return file + " is missing from the backup";
        }

        final long found = Files.size(file);
        return found == length ? null : file + " has " + found + " bytes, the catalog says " + length;
    }

    void write() throws IOException
    {
        final List<String> lines = new ArrayList<>(List.of(HEAD, "epochs " + acceptedEpoch + " " + currentEpoch,
            "last " + text(last)));
        if (committed.isKnown())
        {
            lines.add("committed " + text(committed));
        }
        snapshots.forEach(each -> lines.add("snapshot " + Long.toHexString(each.zxid) + " " + each.length));
        logs.forEach(
            each -> lines.add("log " + Long.toHexString(each.afterZxid) + " " + Long.toHexString(each.lastZxid) +
                " " + each.length));
        lines.add(endLine(lines));

        final Path fresh = directory.resolve(NAME + ".tmp");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING))
        {
            replace(fresh, channel, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        force();
    }

    /** Writes a file that becomes the catalog. Nothing is left of it if that fails, as on a full disk. */
    private void replace(final Path fresh, final FileChannel channel, final byte[] text) throws IOException
    {
        try
        {
            final ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
            channel.force(true);
            // The names of the files as well must be on disk before a catalog says that they are there.
            force();
            Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        }
        catch (final IOException ex)
        {
            Files.deleteIfExists(fresh);
            throw ex;
        }
    }

    private void force() throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }

    private static String text(final End end)
    {
        return Long.toHexString(end.zxid) + " " + Integer.toHexString(end.crc);
    }

    private static String endLine(final List<String> lines)
    {
        final CRC32C crc = new CRC32C();
        lines.forEach(line -> crc.update((line + "\n").getBytes(StandardCharsets.UTF_8)));

        return "end " + Long.toHexString(crc.getValue());
    }

    boolean names(final String file)
    {
        return snapshots.stream().anyMatch(each -> each.name().equals(file)) ||
            logs.stream().anyMatch(each -> each.name().equals(file));
    }

    /** In the order of their zxids. */
    List<Snapshot> snapshots()
    {
        return snapshots;
    }

    boolean hasSnapshot(final long zxid)
    {
        return snapshots.stream().anyMatch(each -> each.zxid() == zxid);
    }

    void add(final Snapshot snapshot)
    {
        snapshots.add(snapshot);
        snapshots.sort(Comparator.comparingLong(Snapshot::zxid));
    }

    List<Log> logs()
    {
        return logs;
    }

    void epochs(final long accepted, final long current)
    {
        acceptedEpoch = accepted;
        currentEpoch = current;
    }

    long acceptedEpoch()
    {
        return acceptedEpoch;
    }

    long currentEpoch()
    {
        return currentEpoch;
    }

    void last(final End end)
    {
        last = end;
    }

    void committed(final End end)
    {
        committed = end;
    }

    /** The last transaction that surely was committed; one without a checksum when none is known. */
    End committed()
    {
        return committed;
    }

    /** The state from which on every one can be given back: all logs after it follow one upon the other. */
    long firstZxid()
    {
        long begin = last.zxid;
        for (int i = logs.size() - 1; i >= 0 && logs.get(i).lastZxid >= begin; i--)
        {
            begin = logs.get(i).afterZxid;
        }

        final long after = begin;
        return after == 0 ? 0 : snapshots.stream().mapToLong(Snapshot::zxid).filter(zxid -> zxid >= after).min()
            .orElse(last.zxid);
    }

    /** Zxid of the last transaction; -1 in a blank catalog. */
    long lastZxid()
    {
        return last.zxid;
    }

    /** The last transaction. */
    End last()
    {
        return last;
    }
}
