/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.election;

/**
 * Why nobody is elected, as one server sees it.
 *
 * @param obstacle what stands in the way.
 * @param serverId who is an example of it.
 */
public record Standstill(Obstacle obstacle, long serverId)
{
}
