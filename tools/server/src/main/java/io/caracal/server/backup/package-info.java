/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Backups: directories with everything that a server needs to return to any moment of its history. This package writes
 * them, keeps their catalogue, and restores from them or from a single snapshot file. It may import engine, journal,
 * {@code server.offline} and {@code server.zookeeper}.
 * <p>
 * Begin with {@link io.caracal.server.backup.Backup} and {@link io.caracal.server.backup.Restore}.
 */
package io.caracal.server.backup;
