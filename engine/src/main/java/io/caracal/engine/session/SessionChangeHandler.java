/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/** Called when the {@link SessionTable} changes, so that a snapshot can hold the state before the change. */
public interface SessionChangeHandler
{
    /** Ignores all changes. */
    SessionChangeHandler NONE = new SessionChangeHandler()
    {
        @Override
        public void onAdded(final Session session)
        {
            // Ignored.
        }

        @Override
        public void onChanging(final Session session)
        {
            // Ignored.
        }

        @Override
        public void onRemoving(final Session session)
        {
            // Ignored.
        }
    };

    /** A session was added. */
    void onAdded(Session session);

    /** A session is about to change. */
    void onChanging(Session session);

    /** A session is about to be removed. */
    void onRemoving(Session session);
}
