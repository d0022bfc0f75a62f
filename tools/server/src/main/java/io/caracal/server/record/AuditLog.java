/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.CreateRequestDecoder;
import io.caracal.engine.protocol.CreateTtlRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.SetAclRequestDecoder;
import io.caracal.engine.protocol.StatEncoder;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the audit log in the format of ZooKeeper 3.9: one line for each change that a client asked this server for. A
 * line holds keys and values with tabs between them, without what is not known. Owned by the scribe.
 */
final class AuditLog
{
    private static final List<String> MODES = List.of("persistent", "ephemeral", "persistent_sequential",
        "ephemeral_sequential", "container", "persistent_with_ttl", "persistent_sequential_with_ttl");

    private final Consumer<String> lines;
    private final Runnable flush;
    private final String serverUser;
    private final CreateRequestDecoder create = new CreateRequestDecoder();
    private final CreateTtlRequestDecoder createTtl = new CreateTtlRequestDecoder();
    private final SetAclRequestDecoder setAcl = new SetAclRequestDecoder();
    private final MultiRequestDecoder multi = MultiRequestDecoder.ofWrites();
    private final JuteReader results = new JuteReader();
    private final StringBuilder line = new StringBuilder();

    /**
     * Creates an audit log.
     *
     * @param lines      receives the lines.
     * @param flush      called when no more lines follow for now.
     * @param serverUser user that runs the server.
     */
    AuditLog(final Consumer<String> lines, final Runnable flush, final String serverUser)
    {
        this.lines = lines;
        this.flush = flush;
        this.serverUser = serverUser;
    }

    /** Called when no more lines follow for now. */
    void flush()
    {
        flush.run();
    }

    void serverStarted()
    {
        server("serverStart", "success");
    }

    void serverStops()
    {
        server("serverStop", "invoked");
    }

    private void server(final String operation, final String result)
    {
        line.setLength(0);
        field("user", serverUser);
        field("operation", operation);
        end(result);
    }

    void ephemeralEnded(final long sessionId, final String path)
    {
        line.setLength(0);
        session(sessionId);
        field("user", serverUser);
        field("operation", "ephemeralZNodeDeletionOnSessionCloseOrExpire");
        field("znode", path);
        end("success");
    }

    void request(final RequestText request)
    {
        final int opCode = request.record().opCode();
        switch (opCode)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL -> create(request, opCode);
            case OpCode.DELETE -> write(request, "delete", request.path(), null, null);
            case OpCode.SET_DATA -> write(request, "setData", request.path(), null, null);
            case OpCode.SET_ACL -> setAcl(request);
            case OpCode.MULTI -> multi(request);
            default -> {
                // Reads and sessions are not audited.
            }
        }
    }

    private void create(final RequestText request, final int opCode)
    {
        final CreateRequestDecoder decoder = opCode == OpCode.CREATE_TTL ? createTtl : create;
        final boolean isSound = decoder.wrap(request.body(), 0, request.body().capacity());
        final boolean isDone = request.record().errorCode() == ErrorCode.OK;
        write(request, "create", isDone ? request.resultText() : request.path(), isSound ? mode(decoder.flags()) : null,
            null);
    }

    private void setAcl(final RequestText request)
    {
        final boolean isSound = setAcl.wrap(request.body(), 0, request.body().capacity());
        write(request, "setAcl", request.path(), null, isSound ? aclText() : null);
    }

    /** Returns the ACL as text. Nothing separates its entries, as in ZooKeeper. */
    private String aclText()
    {
        final StringBuilder text = new StringBuilder();
        results.wrap(setAcl.buffer(), setAcl.aclOffset(), setAcl.aclLength());
        final int count = results.readInt();
        for (int i = 0; i < count && results.isOk(); i++)
        {
            final int perms = results.readInt();
            final String scheme = range();
            text.append(scheme).append(':').append(range()).append(':').append(permsText(perms));
        }

        return text.toString();
    }

    private String range()
    {
        final int length = results.readRange();

        return length <= 0 ? "" : RequestText.text(results.buffer(), results.rangeOffset(), length);
    }

    private static String permsText(final int perms)
    {
        return ((perms & Perms.CREATE) != 0 ? "c" : "") + ((perms & Perms.DELETE) != 0 ? "d" : "") +
            ((perms & Perms.READ) != 0 ? "r" : "") + ((perms & Perms.WRITE) != 0 ? "w" : "") +
            ((perms & Perms.ADMIN) != 0 ? "a" : "");
    }

    private void multi(final RequestText request)
    {
        results.wrap(request.result(), 0, request.result().capacity());
        final boolean isRefused = isRefused(request);
        if (isRefused || !multi.wrap(request.body(), 0, request.body().capacity()))
        {
            write(request, "multiOperation", "", null, null, !isRefused);
            return;
        }

        results.wrap(request.result(), 0, request.result().capacity());
        while (multi.next())
        {
            part(request);
        }
    }

    /** Whether a multi was refused. Its result then has an error for each part, and it is logged as one operation. */
    private boolean isRefused(final RequestText request)
    {
        return request.record().errorCode() != ErrorCode.OK || request.result().capacity() == 0 ||
            (results.readInt() == OpCode.ERROR && !results.readBool());
    }

    private void part(final RequestText request)
    {
        final int type = results.readInt();
        results.readBool();
        results.readInt();
        switch (multi.opCode())
        {
            case OpCode.DELETE -> write(request, "delete", RequestText.text(multi.delete().buffer(), multi.delete()
                .pathOffset(), multi.delete().pathLength()), null, null);
            case OpCode.SET_DATA -> {
                results.skip(StatEncoder.LENGTH);
                write(request, "setData", RequestText.text(multi.setData().buffer(), multi.setData().pathOffset(),
                    multi.setData().pathLength()), null, null);
            }
            case OpCode.CHECK -> {
                // A check changes nothing.
            }
            default -> {
                final String created = range();
                write(request, "create", created.isEmpty() ? RequestText.text(multi.create().buffer(), multi.create()
                    .pathOffset(), multi.create().pathLength()) : created, mode(multi.create().flags()), null);
                results.skip(type == OpCode.CREATE2 ? StatEncoder.LENGTH : 0);
            }
        }
    }

    private void write(final RequestText request, final String operation, final String path, final String mode,
        final String acl)
    {
        write(request, operation, path, mode, acl, request.record().errorCode() == ErrorCode.OK);
    }

    private void write(final RequestText request, final String operation, final String path, final String mode,
        final String acl, final boolean isDone)
    {
        line.setLength(0);
        session(request.record().sessionId());
        field("user", String.join(",", request.users()));
        field("ip", request.address());
        field("operation", operation);
        field("znode", path);
        field("znode_type", mode);
        field("acl", acl);
        end(isDone ? "success" : "failure");
    }

    private static String mode(final int flags)
    {
        return CreateMode.isKnown(flags) ? MODES.get(flags) : null;
    }

    private void session(final long sessionId)
    {
        line.append("session=0x").append(Long.toHexString(sessionId)).append('\t');
    }

    private void field(final String key, final String value)
    {
        if (value != null && !value.isEmpty())
        {
            line.append(key).append('=').append(LogText.masked(value)).append('\t');
        }
    }

    private void end(final String result)
    {
        lines.accept(line.append("result=").append(result).toString());
    }
}
