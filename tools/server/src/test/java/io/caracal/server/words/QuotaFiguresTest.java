/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.QuotaRecordEncoder;
import io.caracal.server.metrics.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class QuotaFiguresTest
{
    private final QuotaFigures figures = new QuotaFigures();

    private void add(final String namespace, final boolean isUsage, final long count, final long bytes)
    {
        final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
        final byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
        new QuotaRecordEncoder().wrapAndApplyHeader(record, 3, new MessageHeaderEncoder()).usage(isUsage ?
            BooleanType.T : BooleanType.F).count(count).bytes(bytes).putNamespaceName(name, 0, name.length);
        figures.add(record, 3);
    }

    private Map<String, Object> told()
    {
        final Map<String, Object> lines = new TreeMap<>();
        figures.tell(new FigureLines(lines::put));
        return lines;
    }

    @Test
    void shouldAddUpByNamespace()
    {
        add("a", false, 1, -1);
        add("a", true, 3, 4);
        add("a", false, 5, -1);
        add("b", true, 7, 8);

        assertEquals(Map.of("a_quota_count_limit_per_namespace", 6L, "a_quota_bytes_limit_per_namespace", -2L,
            "a_quota_count_usage_per_namespace", 3L, "a_quota_bytes_usage_per_namespace", 4L,
            "b_quota_count_usage_per_namespace", 7L, "b_quota_bytes_usage_per_namespace", 8L), told());
    }

    @Test
    void shouldCountWhatIsTooMuchTogether()
    {
        for (int i = 0; i < Namespaces.NAMESPACES_MAX + 3; i++)
        {
            add("n" + i, true, 1, 2);
        }
        add("n" + (Namespaces.NAMESPACES_MAX - 1), true, 1, 2);

        final Map<String, Object> told = told();
        assertEquals(2 * (Namespaces.NAMESPACES_MAX + 1), told.size());
        assertEquals(3L, told.get("/others_quota_count_usage_per_namespace"));
        assertEquals(2L, told.get("n" + (Namespaces.NAMESPACES_MAX - 1) + "_quota_count_usage_per_namespace"));
    }

    @Test
    void shouldCountLongNamesTogether()
    {
        final String longest = "n".repeat(Namespaces.NAME_LENGTH_MAX);
        add(longest, true, 1, 2);
        add(longest + "n", true, 3, 4);
        add(longest + "m", true, 5, 6);

        assertEquals(8L, told().get("/others_quota_count_usage_per_namespace"));
        assertEquals(1L, told().get(longest + "_quota_count_usage_per_namespace"));
    }
}
