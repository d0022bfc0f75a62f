/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

/**
 * How a snapshot ended, passed from the bulk thread to the engine.
 *
 * @param generation  which snapshot of this process.
 * @param zxid        of its state.
 * @param isPublished true if published, false if failed.
 * @param keepsFrom   zxid of the oldest snapshot that is kept, when published.
 */
record SnapshotOutcome(long generation, long zxid, boolean isPublished, long keepsFrom)
{
}
