/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * When empty containers and TTL znodes are removed.
 *
 * @param checkIntervalMs interval between two checks, in milliseconds, greater than zero.
 * @param perMinuteMax    how many are removed in a minute at most; greater than zero.
 * @param neverUsedMs     age in milliseconds above which a container that never had a child is removed; 0: never.
 */
public record ReaperSettings(long checkIntervalMs, long perMinuteMax, long neverUsedMs)
{
}
