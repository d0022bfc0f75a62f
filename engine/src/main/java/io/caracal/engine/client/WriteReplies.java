/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.ReplyLength;

/** Sends replies to writes that succeeded, from the outcome of applying their transactions. */
final class WriteReplies
{
    private final Replica replica;
    private final Responder responder;

    WriteReplies(final Replica replica, final Responder responder)
    {
        this.replica = replica;
        this.responder = responder;
    }

    /** Replies to the request that the responder was last set to. */
    void reply(final int opCode, final Outcome outcome)
    {
        switch (opCode)
        {
            case OpCode.CREATE -> path(outcome, false);
            case OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL -> path(outcome, true);
            case OpCode.SET_DATA, OpCode.SET_ACL -> stat(outcome);
            case OpCode.MULTI -> multi(outcome);
            default -> responder.header(outcome.zxid(), ErrorCode.OK);
        }
    }

    private void path(final Outcome outcome, final boolean withStat)
    {
        final int length = outcome.pathLength();
        final JuteWriter body = responder.begin(
            withStat ? ReplyLength.ofRangeAndStat(length) : ReplyLength.ofRange(length), outcome.zxid(), ErrorCode.OK);
        if (body != null)
        {
            body.writeRange(outcome.path(), outcome.pathOffset(), length);
            if (withStat)
            {
                replica.tree().encodeStat(outcome.node(), responder.encoder().stat());
            }
            responder.end();
        }
    }

    private void stat(final Outcome outcome)
    {
        if (responder.begin(ReplyLength.STAT, outcome.zxid(), ErrorCode.OK) != null)
        {
            replica.tree().encodeStat(outcome.node(), responder.encoder().stat());
            responder.end();
        }
    }

    private void multi(final Outcome outcome)
    {
        final long length = ReplyLength.HEADER + outcome.multiResult().length();
        final JuteWriter body = responder.begin(length, outcome.zxid(), ErrorCode.OK);
        if (body != null)
        {
            outcome.multiResult().write(body);
            responder.end();
        }
    }
}
