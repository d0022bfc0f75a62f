/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.session.Session;

/**
 * Handles requests that are unanswered when a role ends. Those whose transactions are part of the history that the new
 * leader begins with are completed when that is applied. The others will never be committed as they are, so they are
 * sent again, in order and under the same numbers. A request whose connection is gone is not sent again: its client may
 * have gone to another server and been told there that a later write is done.
 */
final class ParkedRequests
{
    private final Replica replica;
    private final RequestLine requests;
    private final SyncRequests syncs;
    private final Completions completions;
    private final CurrentRole role;
    private long nextSequence;
    private long nextSyncId;
    private boolean isHeldUp;

    ParkedRequests(final Replica replica, final RequestLine requests, final SyncRequests syncs,
        final Completions completions, final CurrentRole role)
    {
        this.replica = replica;
        this.requests = requests;
        this.syncs = syncs;
        this.completions = completions;
        this.role = role;
    }

    /**
     * Another role begins. Everything unanswered must be sent again, even what was already sent again in the last role.
     */
    void onRole()
    {
        nextSequence = requests.writes().firstNumber();
        nextSyncId = requests.syncs().firstNumber();
        isHeldUp = false;
        syncs.forgetAnswers();
    }

    /**
     * Sends again as much as the role takes, and returns how many numbers it got through. When nothing is left, clients
     * can be served.
     */
    int resend()
    {
        if (role.isEstablished())
        {
            return 0;
        }

        final long before = nextSequence + nextSyncId;
        isHeldUp = !resendWrites() || !resendSyncs();
        if (!isHeldUp)
        {
            role.established();
        }

        return (int)(nextSequence + nextSyncId - before);
    }

    /** Whether the role refused a request at the last attempt to send again. */
    boolean isHeldUp()
    {
        return isHeldUp;
    }

    private boolean resendWrites()
    {
        for (; nextSequence <= requests.writes().lastNumber(); nextSequence++)
        {
            final InFlight write = requests.writes().find(nextSequence);
            if (write != null && !resendWrite(write))
            {
                return false;
            }
        }

        return true;
    }

    /** Returns false when the role cannot take the request now. */
    private boolean resendWrite(final InFlight write)
    {
        if (write.connection == null)
        {
            requests.release(requests.writes().remove(write.sequence));
            return true;
        }

        final int result = write.opCode == OpCode.CREATE_SESSION ? submitHandshake(write) : submit(write);
        if (result != WriteIntake.PROPOSED && result != WriteIntake.REFUSED)
        {
            completions.onFailed(write.sequence, result);
        }

        return result != WriteIntake.REFUSED;
    }

    private int submitHandshake(final InFlight write)
    {
        if (write.sessionId == 0)
        {
            return role.intake().createSession(write.connection.negotiatedTimeoutMs, write.sequence, write.arrivalNs);
        }

        final Session session = replica.sessions().find(write.sessionId);

        return session == null ? ErrorCode.SESSION_EXPIRED : role.intake().moveSession(session, write.sequence,
            write.arrivalNs);
    }

    private int submit(final InFlight write)
    {
        final ClientConnection connection = write.connection;
        final Session session = replica.sessions().find(connection.session.id());
        if (!connection.isAttachedTo(session))
        {
            return session == null && write.opCode == OpCode.CLOSE_SESSION ? ErrorCode.SESSION_EXPIRED :
                WriteIntake.MOVED;
        }

        if (write.opCode == OpCode.CLOSE_SESSION)
        {
            return role.intake().closeSession(session, write.sequence, write.arrivalNs);
        }

        connection.identityLimit = write.identityLimit;

        return role.intake().submit(connection, write.opCode, write.frame, 0, write.bodyLength, write.sequence,
            write.arrivalNs);
    }

    private boolean resendSyncs()
    {
        for (; nextSyncId <= requests.syncs().lastNumber(); nextSyncId++)
        {
            final InFlight sync = requests.syncs().find(nextSyncId);
            if (sync != null && !resendSync(sync))
            {
                return false;
            }
        }

        return true;
    }

    private boolean resendSync(final InFlight sync)
    {
        if (sync.connection == null)
        {
            requests.release(syncs.remove(sync));
            return true;
        }

        final int result = role.intake().sync(sync.syncId);
        if (result != WriteIntake.PROPOSED && result != WriteIntake.REFUSED)
        {
            completions.onSyncFailed(sync, result);
        }

        return result != WriteIntake.REFUSED;
    }
}
