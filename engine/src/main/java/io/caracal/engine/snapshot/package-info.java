/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Snapshots that are taken while writes go on and are nevertheless exact: the state is walked in slices, and
 * whatever is about to change before the walk came to it is written first, as it was. Loading gives back the very
 * same state. The records are messages of {@code snapshot.xml}; where they go is the business of a {@link
 * io.caracal.engine.port.SnapshotStore}.
 */
package io.caracal.engine.snapshot;
