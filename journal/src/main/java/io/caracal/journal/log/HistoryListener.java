/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/**
 * Is told before a part of the log is dropped that readers may have seen. Called on the engine's thread, from within
 * the call that drops it.
 */
public interface HistoryListener
{
    /** For a log without readers. */
    HistoryListener NONE = new HistoryListener()
    {
        @Override
        public void onTruncate()
        {
            // There is nobody to tell.
        }

        @Override
        public void onReplace()
        {
            // There is nobody to tell.
        }
    };

    /** The end of the log is about to be cut off. */
    void onTruncate();

    /** The log and all snapshots are about to be replaced by a received snapshot. */
    void onReplace();
}
