/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Snapshots that are taken while writes go on and are exact nevertheless. The state is walked in slices; what is about
 * to change before the walk reaches it is first written as it was. Loading restores exactly the same state. The records
 * are messages of {@code snapshot.xml}; a {@link io.caracal.engine.port.SnapshotStore} keeps them.
 * <p>
 * Begin with {@link io.caracal.engine.snapshot.SnapshotWalk} for taking and
 * {@link io.caracal.engine.snapshot.SnapshotLoader} for loading.
 */
package io.caracal.engine.snapshot;
