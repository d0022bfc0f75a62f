/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.WriteIntake;

/**
 * What the server currently is. A role object is made anew at each change of role, so nothing survives an epoch by
 * accident.
 */
sealed interface Role extends WriteIntake, AutoCloseable permits Starting, Looking, Leading
{
    /** Name as people see it, lower case. */
    String roleName();

    /** What time and the journal demand; returns work done. */
    int doWork(long nowNs, long nowMs);

    /** The own journal made everything up to a zxid durable. */
    int onDurable(long zxid);

    /** When this role must be called again though nothing happens, in monotonic nanoseconds. */
    long nextDeadlineNs(long nowNs);

    /** The role that follows, this one while it lasts. */
    Role next();

    @Override
    void close();
}
