/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** A role that behaves as the test says and remembers what it was asked. */
final class ScriptedRole implements WriteIntake
{
    boolean isServing = true;
    boolean keepsRequests = true;
    int result = PROPOSED;
    /** Number of requests that it takes before it refuses. */
    int room = Integer.MAX_VALUE;
    /** Whether it records when sessions are touched. */
    boolean hears;
    long watchNs;
    LongConsumer atSync = syncId ->
    {
    };
    private final List<String> asked = new ArrayList<>();
    private final List<Long> touched = new ArrayList<>();

    /** Removes and returns what it was asked: kind, number, and further arguments. */
    List<String> asked()
    {
        final List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    /** Removes and returns the ids of touched sessions. */
    List<Long> touched()
    {
        final List<Long> all = List.copyOf(touched);
        touched.clear();
        return all;
    }

    @Override
    public boolean isServing()
    {
        return isServing;
    }

    @Override
    public boolean keepsRequests()
    {
        return keepsRequests;
    }

    private int answer(final String question)
    {
        if (room == 0)
        {
            return REFUSED;
        }
        room--;
        asked.add(question);
        return result;
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        final int pathLength = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
        final String path = buffer.getStringWithoutLengthAscii(offset + 4, pathLength);
        return answer("write " + sequence + " " + path + " identities " + connection.identityLimit() + " attach " +
            connection.attachNumber() + " bytes " + length);
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return answer("create " + sequence + " timeout " + timeoutMs);
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return answer("move " + sequence + " session " + session.id());
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return answer("close " + sequence + " session " + session.id());
    }

    @Override
    public int sync(final long syncId)
    {
        final int answer = answer("sync " + syncId);
        atSync.accept(syncId);
        return answer;
    }

    @Override
    public void touch(final Session session)
    {
        touched.add(session.id());
        if (hears)
        {
            session.heardNs(watchNs);
        }
    }
}
