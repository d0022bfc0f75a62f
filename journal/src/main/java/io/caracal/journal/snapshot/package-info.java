/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Snapshot files: written by the bulk thread out of a ring, published by rename and manifest, read at start-up;
 * those of another server, taken over in one step. Imports {@code io.caracal.journal}, its {@code duty}, {@code disk}
 * and {@code log}, and the generated {@code format}.
 * <p>
 * Begin with {@link io.caracal.journal.snapshot.FileSnapshotStore}, then {@code SnapshotWriter} and
 * {@code SnapshotLoad}.
 */
package io.caracal.journal.snapshot;
