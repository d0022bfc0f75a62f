/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.acl.IdentitiesEncoder;
import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.session.Session;
import io.caracal.engine.zab.ForwardedRequest;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Forwards the writes of a learner's clients to its leader. */
final class LearnerIntake implements WriteIntake
{
    private static final long NS_PER_MS = 1_000_000L;
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final Node node;
    private final long leader;
    private final LearnerPulse pulse;
    private final BooleanSupplier isServing;
    private final ForwardedRequest request = new ForwardedRequest();
    private boolean isOpen;

    LearnerIntake(final Node node, final long leader, final long conversation, final LearnerPulse pulse,
        final BooleanSupplier isServing)
    {
        this.node = node;
        this.leader = leader;
        this.pulse = pulse;
        this.isServing = isServing;
        request.conversation = conversation;
    }

    /** The epoch is established, and everything that its history began with is applied. */
    void begin()
    {
        isOpen = true;
        request.incarnation = node.incarnation();
    }

    @Override
    public boolean isServing()
    {
        return isServing.getAsBoolean();
    }

    @Override
    public boolean takesTouches()
    {
        return true;
    }

    @Override
    public boolean isSureOf(final Session session)
    {
        return session.silentNs(node.nowNs()) <= session.touchTimeoutMs() * NS_PER_MS;
    }

    @Override
    public boolean keepsRequests()
    {
        return true;
    }

    private int forward(final int opCode, final long sessionId, final long attachNumber, final long sequence)
    {
        request.opCode = opCode;
        request.sessionId = sessionId;
        request.attachNumber = attachNumber;
        request.sequence = sequence;

        return isOpen && node.sender().request(leader, request) ? PROPOSED : REFUSED;
    }

    private void withoutBody(final int timeoutMs)
    {
        request.timeoutMs = timeoutMs;
        request.identitiesLength = 0;
        request.body = NOTHING;
        request.bodyOffset = 0;
        request.bodyLength = 0;
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        request.timeoutMs = 0;
        request.identitiesLength =
            IdentitiesEncoder.encode(connection.identities(), connection.identityLimit(), request.identities, 0);
        request.body = buffer;
        request.bodyOffset = offset;
        request.bodyLength = length;

        return node.sender().canSend(request) ? forward(opCode, connection.session().id(), connection.attachNumber(),
            sequence) : ErrorCode.BAD_ARGUMENTS;
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        withoutBody(timeoutMs);

        return forward(OpCode.CREATE_SESSION, 0, 0, sequence);
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        withoutBody(session.timeoutMs());

        return forward(OpCode.CREATE_SESSION, session.id(), session.attachNumber(), sequence);
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        withoutBody(0);

        return forward(OpCode.CLOSE_SESSION, session.id(), session.attachNumber(), sequence);
    }

    /** Forwards a step of a restore. The step needs no sequence, because it carries its place in the restore. */
    int restore(final DirectBuffer buffer, final int offset, final int length)
    {
        withoutBody(0);
        request.body = buffer;
        request.bodyOffset = offset;
        request.bodyLength = length;

        return forward(OpCode.RESTORE, 0, 0, 0);
    }

    @Override
    public int sync(final long syncId)
    {
        return isOpen && node.sender().syncRequest(leader, request.conversation, syncId) ? PROPOSED :
            REFUSED;
    }

    @Override
    public void touch(final Session session)
    {
        pulse.touch(session);
    }
}
