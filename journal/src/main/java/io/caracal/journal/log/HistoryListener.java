/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/** Is told before a part of the log is dropped that readers may have seen. Engine's thread, from within the call. */
public interface HistoryListener
{
    /** Nobody reads. */
    HistoryListener NONE = new HistoryListener()
    {
        @Override
        public void onTruncate()
        {
            // Nobody is there to be told.
        }

        @Override
        public void onReplace()
        {
            // Nobody is there to be told.
        }
    };

    /** The end of the log is about to be cut off. */
    void onTruncate();

    /** The log and all snapshots are about to be replaced by a received one. */
    void onReplace();
}
