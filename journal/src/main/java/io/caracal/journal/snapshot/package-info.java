/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Snapshot files. Own snapshots come to the bulk thread through a ring and are published by rename and manifest.
 * Snapshots of another server are taken over in one step. Files are read at start-up. Imports {@code
 * io.caracal.journal}, its {@code duty}, {@code disk} and {@code log}, and the generated {@code format}.
 * <p>
 * Begin with {@link io.caracal.journal.snapshot.FileSnapshotStore}, then {@code SnapshotWriter} and {@code
 * SnapshotLoad}.
 */
package io.caracal.journal.snapshot;
