/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

/**
 * How a random client behaves.
 *
 * @param timeoutMs      session time-out that it wants.
 * @param pauseMs        mean time between two wishes.
 * @param outstandingMax requests that it has under way at most.
 * @param reconnectMaxMs longest time until it tries another server.
 */
public record ClientSettings(int timeoutMs, int pauseMs, int outstandingMax, int reconnectMaxMs)
{
}
