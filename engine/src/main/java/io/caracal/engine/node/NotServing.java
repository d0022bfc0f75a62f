/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * What roles have in common in which nobody is served: requests never reach them, and if one did it would have to
 * wait.
 */
abstract class NotServing implements WriteIntake
{
    @Override
    public final boolean isServing()
    {
        return false;
    }

    @Override
    public final boolean keepsRequests()
    {
        return true;
    }

    @Override
    public final int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer,
        final int offset, final int length, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public final int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public final int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public final int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return REFUSED;
    }

    @Override
    public final int sync(final long syncId)
    {
        return REFUSED;
    }

    @Override
    public final void touch(final Session session)
    {
        // Deadlines begin when a leader is established.
    }
}
