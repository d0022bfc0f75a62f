/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.RoleFigure;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.Stage;
import io.caracal.server.metrics.Traffic;
import io.caracal.server.metrics.Vital;
import io.caracal.server.record.Fact;
import io.caracal.server.record.Recording;
import io.caracal.transport.CloseReason;
import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Receives what the parts of a server report: figures go into the metrics, what people should read goes into the log.
 */
public final class ServerEvents implements CountersSink.NewsListener, JournalEvents, TransportEvents
{
    private static final String MEANWHILE = "it goes on by itself; until then, once the present segment is full, a " +
        "server that is alone refuses writes, and one that others can do without steps aside; /readyz says when that " +
        "is so";
    private static final long NOBODY = -1;

    private final Logger log;
    private final RoleBoard roles;
    private volatile long forceWarningNs;
    private volatile ServerMetrics metrics;
    private volatile Recording recording;
    private final Path logDir;
    private final int neededMb;
    private final RefusedNews refused;
    private final FrameNews frames;
    private long leader = NOBODY;
    private long leaderEpoch;
    private volatile String missingFile = "";

    /**
     * Creates the receiver of one server.
     *
     * @param log            of the server.
     * @param roles          is told of the states of the engine.
     * @param forceWarningNs forces that take longer cause a warning.
     * @param logDir         directory of the transaction log.
     * @param neededMb       space that the next segment of the log needs, in MB.
     * @param frameLengthMax maximum length of a request in bytes.
     */
    public ServerEvents(final Logger log, final RoleBoard roles, final long forceWarningNs, final Path logDir,
        final int neededMb, final int frameLengthMax)
    {
        this.log = log;
        this.roles = roles;
        this.forceWarningNs = forceWarningNs;
        this.logDir = logDir;
        this.neededMb = neededMb;
        refused = new RefusedNews(log);
        frames = new FrameNews(log, frameLengthMax);
    }

    /**
     * The news of connections that are not accepted.
     *
     * @return owned by this object.
     */
    public RefusedNews refused()
    {
        return refused;
    }

    /**
     * Logs what is new about clients that were not served. Called by the operator thread.
     *
     * @param nowNs time of the clock.
     * @return number of lines written.
     */
    public int tell(final long nowNs)
    {
        return refused.tell(nowNs) + frames.tell(nowNs);
    }

    /**
     * Sets the metrics. They are set late, once it is known that the data directory belongs to this server.
     *
     * @param newMetrics of this server.
     */
    public void metrics(final ServerMetrics newMetrics)
    {
        metrics = newMetrics;
    }

    /**
     * Sets the duration above which a force causes a warning. Called by any thread.
     *
     * @param ns nanoseconds.
     */
    public void forceWarningNs(final long ns)
    {
        forceWarningNs = ns;
    }

    /**
     * Sets the recording that is told of sessions and requests.
     *
     * @param newRecording of this server.
     */
    public void recording(final Recording newRecording)
    {
        recording = newRecording;
    }

    @Override
    public void onState(final String state, final String reason)
    {
        log.info("{}: {}{}", state, reason, RoleBoard.LOOKING.equals(state) ? "" : leading());
        final RoleFigure role = RoleFigure.of(roles.roleIn(state, reason));
        metrics.vital(Vital.ROLE).setRelease(role.ordinal());
        recording.note(Fact.Kind.ROLE, role.ordinal());
        // This comes last, because a listener that learns that clients are served may read the metrics at once.
        roles.onState(state, reason);
    }

    @Override
    public void onLeader(final long serverId, final long epoch)
    {
        leader = serverId;
        leaderEpoch = epoch;
    }

    /** Says who leads; appended to a state of the engine that follows from it. */
    private String leading()
    {
        return !roles.isEnsemble() || leader == NOBODY ? "" : " (server " + leader + (leaderEpoch == 0 ? ")" :
            " leads, epoch " + leaderEpoch + ")");
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        log.warn("{} (server {})", what, serverId);
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        // The scribe writes a line about it, with the reason.
    }

    @Override
    public void onUnsuitableFileSystem(final String directory, final String concern)
    {
        log.warn("{} lies on {}", directory, concern);
    }

    @Override
    public void onDirectoryCompleted(final String directory)
    {
        log.warn(
            "{} was made by a tool that ended before it could give it this name; it is whole, and used from now on",
            directory);
    }

    @Override
    public void onForced(final long durationNs, final long records, final long bytes)
    {
        final ServerMetrics figures = metrics;
        if (figures != null)
        {
            figures.forces().record(durationNs);
            figures.vital(Vital.FORCES).getAndAddRelease(1);
            figures.vital(Vital.FORCE_LAST_NS).setRelease(durationNs);
        }

        final long durationMs = TimeUnit.NANOSECONDS.toMillis(durationNs);
        if (durationMs >= Recording.TELLING_MS && recording != null)
        {
            recording.note(Fact.Kind.FORCE, durationMs);
        }
        if (durationNs > forceWarningNs)
        {
            log.warn("the disk took {} ms to force the transaction log; clients wait for that long",
                TimeUnit.NANOSECONDS.toMillis(durationNs));
        }
    }

    @Override
    public void onSnapshot(final long zxid, final long bytes, final long durationNs)
    {
        final ServerMetrics figures = metrics;
        if (figures != null)
        {
            figures.snapshots().record(durationNs);
        }

        log.info("snapshot of 0x{}: {} bytes in {} ms", Long.toHexString(zxid), bytes,
            TimeUnit.NANOSECONDS.toMillis(durationNs));
    }

    @Override
    public void onSnapshotFailed(final long zxid, final Throwable cause)
    {
        if (cause instanceof final IOException failed)
        {
            log.warn("snapshot of 0x{} failed ({}), the server goes on without it; the log is kept until one succeeds",
                Long.toHexString(zxid), failed.getMessage() + because(failed));
        }
        else
        {
            log.warn("snapshot of 0x{} failed, the server goes on without it", Long.toHexString(zxid), cause);
        }
    }

    @Override
    public void onReadFailed(final Throwable cause)
    {
        log.warn("history could not be read for a learner, which begins anew: {}", cause.getMessage());
    }

    @Override
    public void onSnapshotPassedOver(final String file, final String reason)
    {
        log.warn("snapshot {} is damaged ({}); an older one and the log hold the same", file, reason);
    }

    @Override
    public void onRemoveFailed(final String file, final Throwable cause)
    {
        log.warn("{} is needed no more and could not be removed ({}); the server goes on, and tries again later", file,
            cause instanceof final IOException failed ? DataDirectory.reason(failed) : cause.getMessage());
    }

    @Override
    public void onPurged(final int snapshots, final int segments)
    {
        if (snapshots + segments > 0)
        {
            log.info("removed old history: {} snapshots, {} segments of the log", snapshots, segments);
        }
    }

    /**
     * The file that this server uses and that is gone. Called by any thread.
     *
     * @return empty when all files are there.
     */
    public String missingFile()
    {
        return missingFile;
    }

    @Override
    public void onFilesMissing(final String file)
    {
        // The figure comes first: whoever has seen the name change finds it changed as well.
        final ServerMetrics figures = metrics;
        if (figures != null)
        {
            figures.vital(Vital.FILES_MISSING).setRelease(file == null ? 0 : 1);
        }
        missingFile = file == null ? "" : file;
        if (file == null)
        {
            log.info("all files of this server are in their places again");
            return;
        }

        log.error("{} was removed or replaced under this server, which goes on with files that no start will find: " +
            "what it writes now is lost when it ends. If they were moved, move them back; else fetch the state now " +
            "(/commands/snapshot of the admin server), or have another server of the ensemble lead, and stop this one",
            file);
    }

    @Override
    public void onSpace(final IOException lack)
    {
        if (lack == null)
        {
            log.info("there is room for the transaction log again");
        }
        else if (lack instanceof NoDescriptorException)
        {
            log.error("no file can be opened for another segment of the transaction log, since this process or the " +
                "machine has as many open as it may; end connections that nobody needs, and raise ulimit -n " +
                "(LimitNOFILE=, fs.file-max) for the next start; {}", MEANWHILE);
        }
        else
        {
            log.error("no room left for another segment of the transaction log in {}; free {} MB there; {}", logDir,
                neededMb, MEANWHILE);
        }
    }

    @Override
    public void onTruncationWaits(final IOException lack)
    {
        log.error("what the leader does not have cannot be cut off the log: {}, as many as the process or the " +
            "machine may have; end connections that nobody needs, and raise ulimit -n (LimitNOFILE=, fs.file-max) " +
            "for the next start; it is tried again and again", lack.getMessage());
    }

    /** Explains a failure whose message is nothing but the name of a file. */
    private static String because(final IOException failed)
    {
        return failed instanceof final FileSystemException named && named.getReason() == null ? ": " +
            DataDirectory.reason(failed) : "";
    }

    @Override
    public void onAccepted()
    {
        metrics.traffic(Traffic.CONNECTIONS_ACCEPTED).increment();
    }

    @Override
    public void onRejected(final RejectReason reason, final InetAddress client)
    {
        metrics.traffic(Traffic.CONNECTIONS_OVER_LIMIT).increment();
        refused.onRejected(reason, client);
    }

    @Override
    public void onFrameLength(final InetSocketAddress client, final int length)
    {
        frames.onFrameLength(client, length);
    }

    @Override
    public void onClosed(final CloseReason reason)
    {
        metrics.traffic(Traffic.CONNECTIONS_CLOSED).increment();
        if (reason == CloseReason.HANDSHAKE_TIMEOUT)
        {
            metrics.traffic(Traffic.HANDSHAKES_TIMED_OUT).increment();
        }
        else if (reason == CloseReason.SLOW_READER)
        {
            metrics.traffic(Traffic.SLOW_READERS).increment();
        }
    }

    @Override
    public void onReceived(final long bytes)
    {
        metrics.traffic(Traffic.BYTES_RECEIVED).getAndAdd(bytes);
    }

    @Override
    public void onSent(final long bytes)
    {
        metrics.traffic(Traffic.BYTES_SENT).getAndAdd(bytes);
    }

    @Override
    public void onFlushed(final long frames, final long durationNs)
    {
        metrics.stage(Stage.REPLY).record(durationNs, frames);
    }
}
