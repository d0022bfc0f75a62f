/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/**
 * The state of a record before the request under way changed it, or the fact that there was no record. It holds the
 * reference to the old ACL until the request is committed or rolled back.
 */
final class Undo
{
    final ZnodeState state = new ZnodeState();
    Change change;
    boolean isNew;

    void remember(final Change newChange, final boolean isNewChange)
    {
        change = newChange;
        isNew = isNewChange;
        if (!isNewChange)
        {
            state.copyFrom(newChange.state);
        }
    }
}
