/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/** Is told of changes to the {@link SessionTable}, so that a snapshot can hold what was there before. */
public interface SessionChangeHandler
{
    /** Nobody is told. */
    SessionChangeHandler NONE = new SessionChangeHandler()
    {
        @Override
        public void onAdded(final Session session)
        {
            // Nobody.
        }

        @Override
        public void onChanging(final Session session)
        {
            // Nobody.
        }

        @Override
        public void onRemoving(final Session session)
        {
            // Nobody.
        }
    };

    /** A session was added. */
    void onAdded(Session session);

    /** A session is about to change. */
    void onChanging(Session session);

    /** A session is about to be removed. */
    void onRemoving(Session session);
}
