/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/**
 * Settings of the preparers.
 *
 * @param extendedTypes    whether TTL znodes may be created.
 * @param enforceQuota     whether hard quotas refuse requests.
 * @param elementLengthMax longest string or buffer within a request, bytes.
 */
public record PrepareSettings(boolean extendedTypes, boolean enforceQuota, int elementLengthMax)
{
    /**
     * How many times longer than the longest request a transaction may be. The transaction of a multi holds what was
     * asked for and also what was found. Without this limit a client with long identities could make the servers log
     * and exchange a thousand times more than it sends.
     */
    public static final int TXN_PER_REQUEST = 4;

    /**
     * Lower bound of the request length in this calculation, in bytes: even where requests are limited to less, an ACL
     * may be this long.
     */
    private static final int REQUEST_LENGTH_LEAST = 1 << 20;

    /**
     * Length of the longest transaction that a request may become.
     *
     * @return bytes.
     */
    public long txnLengthMax()
    {
        return (long)TXN_PER_REQUEST * Math.max(elementLengthMax, REQUEST_LENGTH_LEAST);
    }
}
