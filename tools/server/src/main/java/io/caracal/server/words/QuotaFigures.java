/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.QuotaRecordDecoder;
import io.caracal.server.metrics.Namespaces;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Adds up limits and usage of all quotas by namespace, as ZooKeeper does: what is not limited counts as -1. The first
 * {@link Namespaces#NAMESPACES_MAX} namespaces with a name of at most {@link Namespaces#NAME_LENGTH_MAX} bytes have
 * figures of their own. All others share those of {@link Namespaces#OTHERS}. Used by one thread at a time.
 */
public final class QuotaFigures
{
    private final Map<String, Long> countLimits = new LinkedHashMap<>();
    private final Map<String, Long> byteLimits = new LinkedHashMap<>();
    private final Map<String, Long> countUsage = new LinkedHashMap<>();
    private final Map<String, Long> byteUsage = new LinkedHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final QuotaRecordDecoder record = new QuotaRecordDecoder();

    /**
     * Adds the limits or the usage of a quota.
     *
     * @param buffer holds the engine's record, preceded by its header.
     * @param offset of the header.
     */
    public void add(final DirectBuffer buffer, final int offset)
    {
        record.wrapAndApplyHeader(buffer, offset, header);
        final boolean isUsage = record.usage() == BooleanType.T;
        final long count = record.count();
        final long bytes = record.bytes();
        final int length = record.namespaceNameLength();
        final String namespace = length > Namespaces.NAME_LENGTH_MAX ? Namespaces.OTHERS : RecordText.path(length,
            record::getNamespaceName);
        add(isUsage ? countUsage : countLimits, namespace, count);
        add(isUsage ? byteUsage : byteLimits, namespace, bytes);
    }

    private static void add(final Map<String, Long> figures, final String namespace, final long value)
    {
        final boolean hasOwn = figures.containsKey(namespace) || figures.size() < Namespaces.NAMESPACES_MAX;
        figures.merge(hasOwn ? namespace : Namespaces.OTHERS, value, Long::sum);
    }

    void tell(final MonitorFigures target)
    {
        target.gauges("quota_count_limit_per_namespace", countLimits);
        target.gauges("quota_bytes_limit_per_namespace", byteLimits);
        target.gauges("quota_count_usage_per_namespace", countUsage);
        target.gauges("quota_bytes_usage_per_namespace", byteUsage);
    }
}
