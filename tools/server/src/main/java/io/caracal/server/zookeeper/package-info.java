/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads and writes the files of a ZooKeeper server: snapshots (plain, gzip, snappy) and transaction logs. May import
 * the engine and {@code server.offline}.
 * <p>
 * Begin with {@link io.caracal.server.zookeeper.ZooKeeperImport} and
 * {@link io.caracal.server.zookeeper.ZooKeeperExport}.
 */
package io.caracal.server.zookeeper;
