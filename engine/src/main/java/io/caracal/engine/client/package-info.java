/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Clients: their connections, the queue of requests of each, reads, and all replies. Writes are handed to the current
 * role through {@link io.caracal.engine.client.WriteIntake} and come back as applied transactions.
 * <p>
 * Start with {@link io.caracal.engine.client.ClientDesk}, then {@code ClientInbox} for what comes in and
 * {@code Completions} for what goes out.
 */
package io.caracal.engine.client;
