/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/**
 * Switches of preparing.
 *
 * @param extendedTypes    whether TTL znodes may be created.
 * @param enforceQuota     whether hard quotas refuse requests.
 * @param elementLengthMax longest string or buffer within a request, bytes.
 */
public record PrepareSettings(boolean extendedTypes, boolean enforceQuota, int elementLengthMax)
{
}
