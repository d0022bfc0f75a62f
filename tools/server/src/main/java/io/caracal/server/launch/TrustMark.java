/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.offline.NewServerData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decides whether the disk of this server surely holds what the server acknowledged, and whether a blank disk is
 * intended. With {@code forceSync=no}, a restart of the machine loses what was not written yet. The file
 * {@code unforced} therefore names the boot of the machine in which the server last ran that way. In another boot, the
 * server is not trusted until an established leader has synchronized it. The file {@code initialize} says that a blank
 * disk is not a lost one; it counts for one start.
 */
public final class TrustMark
{
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String UNFORCED = NewServerData.MARK;

    private final Path directory;
    private final MarkFile mark;
    private final Path initialize;
    private final String bootId;
    private final boolean isForcing;

    /**
     * Creates the mark of a data directory; nothing is written yet.
     *
     * @param settings name the directory and say whether writes are forced.
     */
    public TrustMark(final Settings settings)
    {
        this(settings, BOOT_ID);
    }

    TrustMark(final Settings settings, final Path bootIdFile)
    {
        directory = settings.dataDir().resolve(DataDirectory.OWN);
        mark = new MarkFile(directory, UNFORCED);
        initialize = settings.dataDir().resolve(DataDirectory.INITIALIZE);
        isForcing = settings.flag(ServerProperty.FORCE_SYNC);
        bootId = MarkFile.read(bootIdFile);
    }

    /**
     * Whether everything acknowledged before this start is surely on disk.
     *
     * @return false after a boot of a machine whose server did not force, and in a directory that an import or a
     *         restore has made; also if there is a mark and the boot of this machine is not known.
     */
    public boolean isTrusted()
    {
        return !mark.exists() || (!bootId.isEmpty() && bootId.equals(mark.read()));
    }

    /**
     * Why the disk is not trusted. Only for one that is not.
     *
     * @return a few words for the log.
     */
    public String doubt()
    {
        return NewServerData.isMadeByTool(directory) ?
            "these data were imported or restored, and the server may have acknowledged more" :
            "the machine was started anew and forceSync=no: what this server had acknowledged may be lost";
    }

    /**
     * Whether an operator said that this server begins empty on purpose.
     *
     * @return true if the file {@code initialize} is in dataDir.
     */
    public boolean mayBeginBlank()
    {
        return Files.exists(initialize);
    }

    /**
     * Writes the mark before anything is acknowledged, because a server that does not force may lose what it
     * acknowledged at the next boot.
     */
    public void begin()
    {
        if (!isForcing && isTrusted())
        {
            mark.write(bootId);
        }
    }

    /**
     * Called when an established leader has synchronized this server: its data is complete and its disk no longer
     * blank.
     *
     * @throws UncheckedIOException when a file cannot be removed or written. The server must not go on: as long as the
     *                              file {@code initialize} is there, an empty disk may vote.
     */
    public void onEstablished()
    {
        try
        {
            removePermission();
            if (isForcing)
            {
                mark.delete();
            }
            else if (!isTrusted())
            {
                mark.write(bootId);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Called when a standalone server serves clients: its disk is no longer blank.
     *
     * @throws IOException when the file {@code initialize} cannot be removed. The server may go on, for nobody else
     *                     has voted with it.
     */
    public void onServing() throws IOException
    {
        removePermission();
    }

    private void removePermission() throws IOException
    {
        try
        {
            Files.deleteIfExists(initialize);
        }
        catch (final IOException ex)
        {
            throw new IOException(initialize + " counts for one start and cannot be removed (" + DataDirectory
                .reason(ex) + "): remove it, because with it a new server may take the place of a lost disk", ex);
        }
    }
}
