/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The files of a ZooKeeper server, read and written: snapshots (plain, gzip, snappy) and transaction logs. May import
 * the engine and {@code server.offline}.
 * <p>
 * Begin with {@link io.caracal.server.zookeeper.ZooKeeperImport} and
 * {@link io.caracal.server.zookeeper.ZooKeeperExport}.
 */
package io.caracal.server.zookeeper;
