/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * When empty containers and TTL znodes are removed.
 *
 * @param checkIntervalMs how often they are looked at, milliseconds, greater than zero.
 * @param perMinuteMax    how many are removed in a minute at most, greater than zero.
 * @param neverUsedMs     age at which a container goes that never had a child; 0: never.
 */
public record ReaperSettings(long checkIntervalMs, long perMinuteMax, long neverUsedMs)
{
}
