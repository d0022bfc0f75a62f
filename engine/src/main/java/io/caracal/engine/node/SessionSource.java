/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionChangeHandler;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.snapshot.SnapshotOutput;
import io.caracal.engine.snapshot.SnapshotRecords;
import io.caracal.engine.snapshot.SnapshotSource;

/**
 * Writes the sessions into a snapshot, some in each duty cycle. A session that changes or ends before its turn is
 * written as it was, right before the change.
 */
final class SessionSource implements SnapshotSource, SessionChangeHandler
{
    private final SessionTable table;
    private final SnapshotRecords records = new SnapshotRecords();
    private SnapshotOutput output;
    private Session cursor;
    private int walk;

    SessionSource(final SessionTable table)
    {
        this.table = table;
    }

    @Override
    public boolean onWalkBegin(final SnapshotOutput newOutput, final int newWalk)
    {
        output = newOutput;
        walk = newWalk;
        cursor = table.first();
        table.changes(this);

        return true;
    }

    @Override
    public boolean walk(final SnapshotOutput slice)
    {
        while (cursor != null && slice.hasRoom())
        {
            if (cursor.walk() != walk)
            {
                if (!slice.write(encode(cursor)))
                {
                    return false;
                }
                cursor.walk(walk);
            }
            cursor = cursor.nextInTable();
        }

        return cursor == null;
    }

    private int encode(final Session session)
    {
        return records.session(output, session.id(), session.timeoutMs(), session.ownerServer(),
            session.attachNumber(), session.isImported());
    }

    @Override
    public void onWalkEnd()
    {
        table.changes(SessionChangeHandler.NONE);
        cursor = null;
    }

    @Override
    public void onAdded(final Session session)
    {
        session.walk(walk);
    }

    @Override
    public void onChanging(final Session session)
    {
        if (session.walk() != walk)
        {
            session.walk(walk);
            output.writeBeforeImage(encode(session));
        }
    }

    @Override
    public void onRemoving(final Session session)
    {
        onChanging(session);
        if (cursor == session)
        {
            cursor = session.nextInTable();
        }
    }
}
