/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Puts the server together: the agent and its duty cycle, start-up, roles, the connections and requests of clients.
 */
package io.caracal.engine.node;
