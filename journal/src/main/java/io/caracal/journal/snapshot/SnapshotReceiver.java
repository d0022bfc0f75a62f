/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.snapshot.ReceiveOutcome.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Receives the snapshot file of another server. The manifest alone decides whether the snapshot counts, and it names
 * only the zxid. So until then the file has a name that nobody loads, and a start finds out from the manifest whether
 * the file is to get its final name. Belongs to the bulk thread, except where a method says otherwise.
 *
 * <pre>
 *            begin            end              whole        manifest switched
 *   NOTHING ------&gt; WRITING ------&gt; VERIFYING ------&gt; VERIFIED --------------&gt; in place
 *      ^               |                |
 *      +---------------+----------------+  given up, damaged, no room: the file is removed
 *
 *   snapshot-Z.part while it is written, snapshot-Z.received when it is whole and forced, snapshot-Z in place
 * </pre>
 */
final class SnapshotReceiver implements Duty
{
    private static final long FORCE_INTERVAL = 8L * 1024 * 1024;

    /** Number of bytes that are verified in one turn. */
    private static final int VERIFY_LIMIT = 4 * 1024 * 1024;
    private static final long NOTHING = -1;

    private final JournalContext context;
    private final FileSystemCalls calls;
    private final SnapshotFiles files;
    private final AtomicReference<ReceiveOutcome> outcome = new AtomicReference<>();
    private volatile long abandonedGeneration;
    private volatile long switchedGeneration;
    private FileChannel channel;
    private SnapshotFileReader verifier;
    private boolean isVerified;

    /** Zxid of the snapshot whose file may lie there under a name that is not final. */
    private long fileZxid = NOTHING;
    private long generation;
    private long zxid;
    private long length;
    private long position;
    private long forcedPosition;
    private long startNs;

    SnapshotReceiver(final JournalContext context, final SnapshotFiles files)
    {
        this.context = context;
        this.calls = context.fileSystem();
        this.files = files;
    }

    /**
     * Notes that the engine gave up a receipt. Whatever still comes of it is dropped. Called on the engine's thread.
     */
    void abandon(final long abandoned)
    {
        abandonedGeneration = abandoned;
    }

    /** Notes that the manifest now names the snapshot. Called on the engine's thread. */
    void switched(final long switched)
    {
        switchedGeneration = switched;
    }

    /** The phase that a receipt has reached; null while there is nothing to report. Called on the engine's thread. */
    Phase phase(final long wanted)
    {
        final ReceiveOutcome reached = outcome.get();
        return reached == null || reached.generation() != wanted ? null : reached.phase();
    }

    void begin(final long newZxid, final long newLength) throws IOException
    {
        generation++;
        zxid = newZxid;
        length = newLength;
        position = 0;
        forcedPosition = 0;
        startNs = System.nanoTime();
        drop();
        if (abandonedGeneration < generation)
        {
            fileZxid = zxid;
            final Path file = files.incoming(zxid);
            calls.remove(file);
            calls.reserve(file, length);
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /** Writes bytes of the file. Bytes of a receipt that has failed or was given up are dropped. */
    void write(final ByteBuffer bytes) throws IOException, SnapshotDamage
    {
        if (channel == null)
        {
            return;
        }

        final int count = bytes.remaining();
        if (position + count > length)
        {
            throw new SnapshotDamage(files.incoming(zxid) + ", offset " + length + ": goes on after its end");
        }

        calls.write(channel, files.incoming(zxid), bytes, position);
        position += count;
        if (position - forcedPosition >= FORCE_INTERVAL)
        {
            calls.force(channel, files.incoming(zxid));
            forcedPosition = position;
        }
    }

    /** Ends the bytes: the file is forced and then verified in turns. */
    void end() throws IOException, SnapshotDamage
    {
        if (channel == null)
        {
            return;
        }

        if (position != length)
        {
            throw new SnapshotDamage(files.incoming(zxid) + ", offset " + position + ": ends here, but was announced " +
                "with " + length + " bytes");
        }

        calls.force(channel, files.incoming(zxid));
        closeChannel();
        verifier = new SnapshotFileReader(files.incoming(zxid), zxid);
    }

    /** Fails the receipt: removes what there is of the file, and tells the engine. */
    void fail(final Exception cause)
    {
        try
        {
            drop();
        }
        catch (final IOException ex)
        {
            cause.addSuppressed(ex);
        }

        context.events().onSnapshotFailed(zxid, cause);
        tell(Phase.FAILED);
    }

    @Override
    public int doWork() throws IOException
    {
        if (abandonedGeneration >= generation && isUnderWay())
        {
            giveUp();
            return 1;
        }

        if (isVerified && switchedGeneration == generation)
        {
            putInPlace();
            return 1;
        }

        return verifier == null ? 0 : verify();
    }

    @Override
    public long idleNs()
    {
        return UNTIL_WOKEN;
    }

    /** Keeps a verified file, because the manifest may name it already. The next start will decide. */
    @Override
    public void onClose() throws IOException
    {
        if (!isVerified)
        {
            giveUp();
        }
    }

    private int verify() throws IOException
    {
        try
        {
            for (int bytes = 0; bytes < VERIFY_LIMIT;)
            {
                if (!verifier.next())
                {
                    closeVerifier();
                    calls.rename(files.incoming(zxid), files.received(zxid));
                    calls.forceDirectory(files.directory());
                    isVerified = true;
                    tell(Phase.VERIFIED);
                    break;
                }

                bytes += Integer.BYTES + verifier.length();
            }
        }
        catch (final IOException | SnapshotDamage ex)
        {
            fail(ex);
        }

        return 1;
    }

    /**
     * Gives the snapshot its final name. If that fails, the file stays under its present name, at a close as well,
     * because by now it holds all the state there is.
     */
    private void putInPlace() throws IOException
    {
        files.putInPlace(zxid);
        isVerified = false;
        fileZxid = NOTHING;
        context.events().onSnapshot(zxid, length, System.nanoTime() - startNs);
        tell(Phase.IN_PLACE);
    }

    private boolean isUnderWay()
    {
        return channel != null || verifier != null || isVerified;
    }

    private void tell(final Phase phase)
    {
        outcome.set(new ReceiveOutcome(generation, phase));
        context.wakeup().run();
    }

    /** Gives up the receipt. A file that cannot be removed stays until the next receipt, and stops nobody. */
    private void giveUp()
    {
        try
        {
            drop();
        }
        catch (final IOException ex)
        {
            context.events().onRemoveFailed(files.incoming(fileZxid).toString(), ex);
        }
    }

    private void drop() throws IOException
    {
        isVerified = false;
        closeChannel();
        closeVerifier();
        if (fileZxid != NOTHING)
        {
            calls.remove(files.incoming(fileZxid));
            calls.remove(files.received(fileZxid));
            fileZxid = NOTHING;
        }
    }

    private void closeChannel() throws IOException
    {
        if (channel != null)
        {
            final FileChannel closing = channel;
            channel = null;
            closing.close();
        }
    }

    private void closeVerifier() throws IOException
    {
        if (verifier != null)
        {
            final SnapshotFileReader closing = verifier;
            verifier = null;
            closing.close();
        }
    }
}
