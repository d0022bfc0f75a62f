/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The admin server: ZooKeeper's commands over HTTP, what orchestrators ask, and the dashboard. Its threads never touch
 * the engine's state: they ask through the operator bridge and wait for the records. Imports the words, the metrics and
 * the configuration.
 * <p>
 * Begin with {@link io.caracal.server.admin.AdminServer} and {@code Command}.
 */
package io.caracal.server.admin;
