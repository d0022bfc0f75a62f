/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/** The intake of roles that serve nobody. Requests never reach it; if one did, it would have to wait. */
final class NotServing implements WriteIntake
{
    static final WriteIntake INTAKE = new NotServing();

    private NotServing()
    {
    }

    @Override
    public boolean isServing()
    {
        return false;
    }

    @Override
    public boolean keepsRequests()
    {
        return true;
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer,
        final int offset, final int length, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public int sync(final long syncId)
    {
        return REFUSED;
    }

    @Override
    public void touch(final Session session)
    {
        // Session deadlines start when a leader is established.
    }
}
