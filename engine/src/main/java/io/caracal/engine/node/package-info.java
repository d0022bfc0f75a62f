/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Puts the server together: the agent and its duty cycle, start-up, roles, and the answers to operators.
 * <p>
 * Start with {@link io.caracal.engine.node.NodeAgent}, then {@code Node}, which lasts, and {@code Role}, which changes.
 */
package io.caracal.engine.node;
