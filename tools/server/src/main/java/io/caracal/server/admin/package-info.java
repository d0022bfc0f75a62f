/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The admin server: ZooKeeper's commands over HTTP, the probes of orchestrators, and the dashboard. Its threads never
 * touch the engine's state: they send queries over the operator bridge and wait for the records. Imports the words, the
 * metrics and the configuration.
 * <p>
 * Begin with {@link io.caracal.server.admin.AdminServer} and {@code Command}.
 */
package io.caracal.server.admin;
