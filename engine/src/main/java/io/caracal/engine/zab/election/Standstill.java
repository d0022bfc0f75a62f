/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

/**
 * Why there is no established leader, as one server sees it.
 *
 * @param obstacle what stands in the way.
 * @param serverId an example of a server that it concerns.
 */
public record Standstill(Obstacle obstacle, long serverId)
{
}
