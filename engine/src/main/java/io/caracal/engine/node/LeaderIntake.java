/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.session.Session;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/** Takes the requests of a leader's own clients once it may propose, and names them with its own id and incarnation. */
final class LeaderIntake implements WriteIntake
{
    private final Node node;
    private final SyncBarriers barriers;
    private final BooleanSupplier isServing;
    private LeaderDesk desk;

    LeaderIntake(final Node node, final SyncBarriers barriers, final BooleanSupplier isServing)
    {
        this.node = node;
        this.barriers = barriers;
        this.isServing = isServing;
    }

    /** The epoch is established, and everything that its history began with is applied. */
    void begin(final LeaderDesk newDesk)
    {
        desk = newDesk;
    }

    @Override
    public boolean isServing()
    {
        return isServing.getAsBoolean();
    }

    @Override
    public boolean takesTouches()
    {
        return desk != null;
    }

    /** Requests need not be kept by the only server of an ensemble, because it leads for as long as it runs. */
    @Override
    public boolean keepsRequests()
    {
        return !node.isAlone();
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        return desk != null ? desk.submit(connection, opCode, buffer, offset, length, sequence, arrivalNs) : REFUSED;
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return desk != null ?
            desk.createSession(timeoutMs, node.serverId(), node.incarnation(), sequence, arrivalNs) : REFUSED;
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return desk != null ?
            desk.moveSession(session, node.serverId(), node.incarnation(), sequence, arrivalNs) : REFUSED;
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return desk != null ?
            desk.closeSession(session, session.attachNumber(), node.serverId(), node.incarnation(), sequence,
                arrivalNs) :
            REFUSED;
    }

    /** Asks the barriers. A server that is alone answers at once, because nobody else can have committed anything. */
    @Override
    public int sync(final long syncId)
    {
        if (node.isAlone())
        {
            node.desk().onSynced(syncId, node.replica().lastAppliedZxid());
            return PROPOSED;
        }

        return barriers.ask(null, syncId) ? PROPOSED : REFUSED;
    }

    @Override
    public void touch(final Session session)
    {
        session.heardNs(node.nowNs());
        if (desk != null)
        {
            desk.touch(session);
        }
    }
}
