/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.RestoreRecordDecoder;
import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.MessageHeaderEncoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnEncoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEndTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.RestorePartTxnEncoder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Drives a restore through one process of a server, and ends when that process does. It sends the step that follows
 * what the server has applied, repeats steps, and sometimes sends a part out of turn. Some drivers give up after the
 * last part, and some vanish before.
 */
final class RestoreDriver
{
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int GIVES_UP_ONE_IN = 6;
    private static final int VANISHES_ONE_IN = 12;
    private static final int STUTTERS_ONE_IN = 4;

    private final long id;
    private final long serverId;
    private final long saidZxid;
    private final SplittableRandom random;
    private final RestoreFile file;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder recordHeader = new MessageHeaderDecoder();
    private final RestoreRecordDecoder status = new RestoreRecordDecoder();
    private final ExpandableArrayBuffer step = new ExpandableArrayBuffer();
    private final int lastPart;
    private List<byte[]> parts;
    private long asked = -2;
    private long askedNs;
    private long nextNs;
    private long beganNs = -1;
    private boolean isAsking;
    private boolean isOver;
    private boolean isOpen;

    RestoreDriver(final long id, final long serverId, final RestoreFile file, final SplittableRandom random)
    {
        this.id = id;
        this.serverId = serverId;
        this.file = file;
        this.random = random;
        saidZxid = file.zxid() + (random.nextInt(4) == 0 ? random.nextLong(1, 4) << Integer.SIZE : 0);
        lastPart = random.nextInt(VANISHES_ONE_IN) == 0 ? random.nextInt(20) : Integer.MAX_VALUE;
    }

    boolean isOver()
    {
        return isOver;
    }

    /** Whether the driver has a query for the server now. */
    boolean wants(final long nowNs)
    {
        beganNs = beganNs < 0 ? nowNs : beganNs;

        if (!isOpen && nowNs - beganNs > PATIENCE_NS)
        {
            end();
        }

        return !isOver && !isAsking && nowNs >= nextNs;
    }

    DirectBuffer step()
    {
        return step;
    }

    /** Writes the step to be sent now. Returns its length, or 0 to ask for the status only. */
    int ask(final long nowNs)
    {
        isAsking = true;
        nextNs = nowNs + random.nextLong(1, TimeUnit.MILLISECONDS.toNanos(20));

        if (parts == null)
        {
            return repeat(-1, nowNs) ? begin() : 0;
        }

        final long next = status.nextPart();

        if (next < parts.size())
        {
            final long drawn = random.nextInt(STUTTERS_ONE_IN) == 0 ? random.nextLong(parts.size()) : next;
            return repeat(next, nowNs) ? part(next) : drawn == next ? 0 : part(drawn);
        }

        return repeat(parts.size(), nowNs) ? end(random.nextInt(GIVES_UP_ONE_IN) == 0) : 0;
    }

    private boolean repeat(final long what, final long nowNs)
    {
        final boolean isTime = what != asked || nowNs - askedNs > AGAIN_NS;
        askedNs = isTime ? nowNs : askedNs;
        asked = what;

        return isTime;
    }

    private int begin()
    {
        return new RestoreBeginTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).server(serverId)
            .fileZxid(saidZxid).limit();
    }

    private int part(final long number)
    {
        final byte[] piece = parts.get((int)number);

        return new RestorePartTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).part(number)
            .putPiece(piece, 0, piece.length).limit();
    }

    private int end(final boolean isGivenUp)
    {
        return isGivenUp ?
            new RestoreAbortTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id)
                .ending(RestoreEnding.GIVEN_UP).limit() :
            new RestoreEndTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).digest(0)
                .hasDigest(BooleanType.F).limit();
    }

    void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        final ExpandableArrayBuffer copy = new ExpandableArrayBuffer(length);
        copy.putBytes(0, buffer, offset, length);
        status.wrapAndApplyHeader(copy, 0, recordHeader);
        final boolean isMine = status.restoreId() == id;

        if (isMine && parts == null)
        {
            parts = file.parts(status.beginZxid());
            file.close();
            isOpen = true;
        }

        if ((isOpen && !isMine) || status.endedId() == id || (isMine && status.nextPart() >= lastPart))
        {
            end();
        }
    }

    /** A query was completed, with an answer or without, so the next one may follow. */
    void onComplete()
    {
        isAsking = false;
    }

    /** The process has gone, or the driver has nothing more to send. */
    void end()
    {
        if (parts == null && !isOver)
        {
            file.close();
        }

        isOver = true;
    }
}
