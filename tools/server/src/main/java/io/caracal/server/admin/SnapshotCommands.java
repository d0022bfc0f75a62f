/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.protocol.Perms;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.http.HttpDoor;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.Vital;
import io.caracal.server.offline.RestoreUpload;
import io.caracal.server.words.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that need rights. {@code snapshot} takes a snapshot and sends the file. {@code restore} receives such a
 * file and replaces all data of the server or of its whole ensemble. Both require all five permissions on the root.
 */
final class SnapshotCommands
{
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCommands.class);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int DISABLED = 503;
    private static final long WAIT_MAX_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AdminFacts facts;
    private final AdminActions actions;
    private final ZnodeReader znodes;
    private final RateLimit limit;
    private final RateLimit restoreLimit;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean isRestoring = new AtomicBoolean();

    SnapshotCommands(final AdminFacts facts, final AdminActions actions)
    {
        this.facts = facts;
        this.actions = actions;
        this.znodes = new ZnodeReader(facts.engine());
        final long intervalMs = facts.words().settings().number(ServerProperty.ADMIN_RATE_LIMITER);
        this.limit = new RateLimit(intervalMs, facts.clock());
        this.restoreLimit = new RateLimit(intervalMs, facts.clock());
    }

    /**
     * Answers a command. As in ZooKeeper, a refusal for missing rights contains the name that was used in the request,
     * which may be an alias.
     */
    Reply answer(final Command command, final String asked, final Request request)
    {
        try
        {
            final ServerStatus status = facts.engine().status();
            if (!status.isServing())
            {
                return reply(command, OK, NoAnswerException.notServing().getMessage(), Map.of());
            }

            final Reply refusal = refusal(command, asked, request, status);
            if (refusal != null)
            {
                return refusal;
            }

            return command == Command.SNAPSHOT ? snapshot(request, status) : restore(request);
        }
        catch (final NoAnswerException ex)
        {
            return reply(command, FAILED, ex.getMessage(), Map.of());
        }
        catch (final IOException ex)
        {
            LOG.warn("{} over HTTP by {} failed: {}", command.label(), request.remoteAddress(), ex.toString());
            return reply(command, FAILED, command == Command.SNAPSHOT ? "the snapshot cannot be read: " +
                ex.getMessage() : "the file could not be taken, nothing was changed: " + ex.getMessage(), Map.of());
        }
    }

    /** Returns why the command is refused, or null if it is not. */
    private Reply refusal(final Command command, final String asked, final Request request, final ServerStatus status)
    {
        final Credentials who = Credentials.of(request);
        if (!who.areShown())
        {
            return reply(asked, UNAUTHORIZED, "Auth info is missing for the command", Map.of());
        }

        final ZnodeView root = who.bytes().length < ZnodeReader.QUESTION_MAX ? znodes.read(who, "/", "", 0, 0) : null;
        if (who.credentials().isEmpty() || root == null || !root.isAuthenticated())
        {
            return reply(asked, UNAUTHORIZED, "Not authenticated", Map.of());
        }
        if ((root.permissions() & Perms.ALL) != Perms.ALL)
        {
            return reply(asked, FORBIDDEN, "Not authorized", Map.of());
        }

        return refusalToAnybody(command, request, status);
    }

    /** Returns why the request is refused whatever its rights are, or null if it is not. */
    private Reply refusalToAnybody(final Command command, final Request request, final ServerStatus status)
    {
        final boolean isSnapshot = command == Command.SNAPSHOT;
        if (!facts.words().settings().flag(isSnapshot ? ServerProperty.ADMIN_SNAPSHOT : ServerProperty.ADMIN_RESTORE))
        {
            return reply(command, DISABLED, command.label() + " is disabled: admin." + command.label() +
                ".enabled=false", Map.of());
        }
        if (!isSnapshot && !"POST".equals(request.method()))
        {
            return reply(command, BAD_REQUEST, "POST what the command snapshot has answered, as the body", Map.of());
        }
        if (!isSnapshot && status.isWritesRefused())
        {
            return reply(command, FAILED, "the disk of the log has no room, and a restore goes through the log: make " +
                "room first; nothing was changed", Map.of());
        }
        if (!isSnapshot && status.quorumLacksRoom())
        {
            return reply(command, FAILED, RestoreRun.NO_ROOM + "; nothing was changed", Map.of());
        }
        if (!(isSnapshot ? limit : restoreLimit).tryPass())
        {
            actions.counted().accept(isSnapshot ? Vital.SNAPSHOTS_TOO_SOON : Vital.RESTORES_TOO_SOON);
            return reply(command, TOO_MANY, "a " + command.label() + " was asked for less than " + facts.words()
                .settings().number(ServerProperty.ADMIN_RATE_LIMITER) + " ms ago", Map.of());
        }

        return null;
    }

    /** Receives and checks the file; then all servers replace their data with what it holds. */
    private Reply restore(final Request request) throws IOException
    {
        if (!isRestoring.compareAndSet(false, true))
        {
            return reply(Command.RESTORE, CONFLICT, "a restore that was sent to this server is under way", Map.of());
        }

        try
        {
            return takeAndRestore(request);
        }
        finally
        {
            isRestoring.set(false);
        }
    }

    private Reply takeAndRestore(final Request request) throws IOException
    {
        try (RestoreUpload upload =
            RestoreUpload.take(request.body(), facts.words().dataDir().resolve(RestoreUpload.DIRECTORY)))
        {
            final String ttl = upload.znodeWithTtl();
            if (ttl != null && !facts.words().settings().flag(ServerProperty.EXTENDED_TYPES))
            {
                return refused("the snapshot holds znodes with a TTL, " + ttl +
                    " for one, " +
                    "and these servers know none: set extendedTypesEnabled=true in the configuration of each, start " +
                    "them again, then send it anew");
            }
            LOG.warn("a restore was sent by {}: a snapshot of zxid 0x{} is to take the place of everything",
                request.remoteAddress(), Long.toHexString(upload.zxid()));
            final long zxid = new RestoreRun(new RestoreSteps(facts.engine(), 1 + (random.nextLong() >>> 2)),
                facts.clock()).restore(upload.zxid(), upload::write, facts.words().serverId());
            LOG.warn("restored: everything is as in the snapshot that was sent, from zxid 0x{} on",
                Long.toHexString(zxid));
            final Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("last_zxid", zxid);
            answer.put("command", Command.RESTORE.label());
            answer.put("error", null);
            return Reply.of(OK, "application/json", HttpDoor.utf8(Json.of(answer)));
        }
        catch (final RestoreUpload.RefusedException ex)
        {
            return refused(ex.getMessage());
        }
        catch (final RestoreRun.FailedException ex)
        {
            LOG.warn("a restore failed: {}", ex.getMessage());
            return reply(Command.RESTORE, ex.isConflict() ? CONFLICT : FAILED, ex.getMessage(), Map.of());
        }
    }

    /** Refuses the file. The right one can be sent at once: somebody who restores is in a hurry. */
    private Reply refused(final String reason)
    {
        restoreLimit.takeBack();
        return reply(Command.RESTORE, BAD_REQUEST, reason + "; nothing was changed", Map.of());
    }

    private Reply snapshot(final Request request, final ServerStatus before) throws IOException
    {
        final long zxid = await(before.zxid());
        if (zxid < 0)
        {
            return reply(Command.SNAPSHOT, FAILED, "the snapshot was not written; see the log of the server", Map.of());
        }

        final Path file = facts.words().dataDir().resolve(String.format(Locale.ROOT, "snapshots/snapshot-%016x", zxid));
        final long size = Files.size(file);
        final Map<String, String> headers = new LinkedHashMap<>();
        headers.put("last_zxid", "0x" + Long.toHexString(zxid));
        headers.put("snapshot_size", Long.toString(size));
        if ("false".equalsIgnoreCase(request.parameter("streaming")))
        {
            return reply(Command.SNAPSHOT, OK, null, headers);
        }

        headers.put("Content-Type", "application/octet-stream");
        return new Reply(OK, headers, size, out -> Files.copy(file, out));
    }

    /**
     * Waits for a published snapshot that holds at least what was applied at the time of the request. Returns its zxid,
     * or -1 when there is none.
     */
    private long await(final long zxid)
    {
        final MetricsView metrics = facts.words().metrics();
        final long publishedBefore = metrics.count(Count.SNAPSHOTS);
        final long failedBefore = metrics.count(Count.SNAPSHOTS_FAILED);
        final long beginNs = facts.clock().nanoTime();
        facts.engine().order(OperatorQuery.SNAPSHOT);
        while (metrics.count(Count.SNAPSHOTS_FAILED) == failedBefore && facts.clock().nanoTime() -
            beginNs < WAIT_MAX_NS && !Thread.currentThread().isInterrupted())
        {
            final ServerStatus status = facts.engine().status();
            if (metrics.count(Count.SNAPSHOTS) > publishedBefore && status.lastSnapshotZxid() >= zxid)
            {
                return status.lastSnapshotZxid();
            }

            LockSupport.parkNanos(LOOK_NS);
        }

        return -1;
    }

    private static Reply reply(
        final Command command, final int status, final String error, final Map<String, String> headers)
    {
        return reply(command.label(), status, error, headers);
    }

    private static Reply reply(
        final String command, final int status, final String error, final Map<String, String> headers)
    {
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("command", command);
        answer.put("error", error);
        Reply reply = Reply.of(status, "application/json", HttpDoor.utf8(Json.of(answer)));
        for (final Map.Entry<String, String> header : headers.entrySet())
        {
            reply = reply.header(header.getKey(), header.getValue());
        }

        return reply;
    }
}
