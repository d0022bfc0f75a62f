/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Clients: their connections, the line of requests of each, reads and the replies to everything. Writes are handed to
 * the current role through {@link io.caracal.engine.client.WriteIntake} and come back as applied transactions.
 */
package io.caracal.engine.client;
