/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/**
 * What a record was before the request under way changed it, or that there was none. Holds the reference to the old ACL
 * until the request is committed or rolled back.
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
