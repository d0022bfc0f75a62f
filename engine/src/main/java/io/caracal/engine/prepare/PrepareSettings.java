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
    /**
     * How many times longer than the longest request a transaction may be that a request is made into: that of a multi
     * holds what was asked and also what was found. Without this limit a client with long identities could have a
     * thousand times more logged and sent between servers than it sends itself.
     */
    public static final int TXN_PER_REQUEST = 4;

    /** What the longest request is taken for where requests are short: a list of access may be as long. */
    private static final int REQUEST_LENGTH_LEAST = 1 << 20;

    /**
     * Longest transaction that a request may become.
     *
     * @return bytes.
     */
    public long txnLengthMax()
    {
        return (long)TXN_PER_REQUEST * Math.max(elementLengthMax, REQUEST_LENGTH_LEAST);
    }
}
