/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.LatencyBuckets;
import io.caracal.server.metrics.Vital;
import java.util.Map;

/** Figures as one line of JSON for programs: one object for each server. */
final class TopJson
{
    private final StringBuilder out = new StringBuilder();

    private TopJson()
    {
    }

    static String of(final Interval interval)
    {
        final TopJson json = new TopJson();
        json.write(interval);

        return json.out.toString();
    }

    private void write(final Interval interval)
    {
        final Sample now = interval.now();
        out.append('{');
        field("state", now.condition().word());
        field("verdict", now.verdict());
        field("role", now.role());
        field("version", now.header().version());
        field("data_dir", now.header().dataDir());
        number("pid", now.header().pid());
        number("started_ms", now.header().startTimeMs());
        number("client_port", now.vital(Vital.CLIENT_PORT));
        number("server_id", now.vital(Vital.SERVER_ID));
        number("late_ms", now.lateMs());
        out.append("\"interval_s\":").append(Math.round(interval.seconds() * 1e3) / 1e3).append(",\"figures\":{");
        now.figures().forEach(this::number);
        end();
        out.append(",\"latencies_ns\":{");
        now.rows().forEach((name, row) -> row(name, row));
        end();
        out.append(",\"interval_latencies_ns\":{");
        for (final Map.Entry<String, long[]> entry : now.rows().entrySet())
        {
            row(entry.getKey(), interval.row(entry.getKey()));
        }
        end();
        out.append('}');
    }

    private void row(final String name, final long[] row)
    {
        final long count = LatencyBuckets.count(row);
        if (count > 0)
        {
            out.append('"').append(name).append("\":{");
            number("count", count);
            number("p50", LatencyBuckets.percentileNs(row, 50));
            number("p99", LatencyBuckets.percentileNs(row, 99));
            number("p999", LatencyBuckets.percentileNs(row, 99.9));
            number("max", LatencyBuckets.percentileNs(row, 100));
            end();
            out.append(',');
        }
    }

    private void field(final String name, final String value)
    {
        out.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++)
        {
            final char letter = value.charAt(i);
            if (letter == '"' || letter == '\\')
            {
                out.append('\\').append(letter);
            }
            else if (letter < ' ')
            {
                out.append(String.format("\\u%04x", (int)letter));
            }
            else
            {
                out.append(letter);
            }
        }
        out.append("\",");
    }

    private void number(final String name, final long value)
    {
        out.append('"').append(name).append("\":").append(value).append(',');
    }

    /** Ends an object, whose last field left a comma behind. */
    private void end()
    {
        if (out.charAt(out.length() - 1) == ',')
        {
            out.setLength(out.length() - 1);
        }
        out.append('}');
    }
}
