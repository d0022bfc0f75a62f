/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.server.metrics.LatencyBuckets;
import io.caracal.server.metrics.LatencyRows;
import io.caracal.server.metrics.Vital;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats figures as lines for people, the most important ones first: those fit 80 columns and 24 lines. */
final class TopText
{
    private static final double NS_PER_US = 1e3;
    private static final double BYTES_PER_MB = 1 << 20;
    /** How a line without any measured durations ends. */
    private static final String IDLE = " -";
    private static final String MEMORY = "native_bytes_";

    private final List<String> lines = new ArrayList<>();

    private TopText()
    {
    }

    /** One line for each server, with the number that chooses it. */
    static List<String> list(final List<Sample> samples, final int chosen)
    {
        final TopText text = new TopText();
        text.add("  #  %-6s %-11s %-9s %-8s %s", "port", "role", "state", "pid", "data");
        for (int i = 0; i < samples.size(); i++)
        {
            final Sample sample = samples.get(i);
            text.add("%s %2d  %-6d %-11s %-9s %-8d %s", i == chosen ? ">" : " ", i + 1, sample.vital(Vital.CLIENT_PORT),
                sample.role(), sample.condition().word(), sample.header().pid(), sample.header()
                    .dataDir());
        }

        return text.lines;
    }

    /** Everything about one server. */
    static List<String> of(final Interval interval)
    {
        return of(interval, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Describes one server in limited space. Lines without durations are dropped first, then the last lines; the last
     * line then says how many do not fit.
     *
     * @param width  columns; the line of memory is broken between words, others are cut.
     * @param height lines, at least 1.
     */
    static List<String> of(final Interval interval, final int width, final int height)
    {
        final TopText text = new TopText();
        text.head(interval.now());
        text.load(interval);
        text.durations(interval);
        text.memory(interval.now(), width);
        text.fit(width, height);

        return text.lines;
    }

    private void fit(final int width, final int height)
    {
        for (int i = lines.size() - 1; i >= 0 && lines.size() > height; i--)
        {
            if (lines.get(i).endsWith(IDLE))
            {
                lines.remove(i);
            }
        }

        if (lines.size() > height)
        {
            final int hidden = lines.size() - height + 1;
            lines.subList(height - 1, lines.size()).clear();
            add("%d more lines do not fit", hidden);
        }

        lines.replaceAll(line -> line.substring(0, Math.min(width, line.length())));
    }

    private void head(final Sample now)
    {
        add("caracal %s  port %d  pid %d  up %s  %s", now.header().version(), now.vital(Vital.CLIENT_PORT),
            now.header().pid(), upTime(now), now.header().dataDir());
        add("%s", now.verdict());
        final long duty = now.figure("duty_cycle_max_ns");
        add("zxid 0x%x  epoch %d  links up %d (generations %d)", now.figure("last_applied_zxid"),
            now.figure("current_epoch"), now.vital(Vital.LINKS_UP), now.vital(Vital.LINK_GENERATIONS));
        add("longest turn %.1f ms  last force %.2f ms  native memory %.1f MB", duty / 1e6,
            now.vital(Vital.FORCE_LAST_NS) / 1e6, now.figure("native_bytes") / BYTES_PER_MB);
        if (now.figure("writes_refused") != 0)
        {
            add("NO DISK SPACE: writes are refused");
        }
        if (now.figure("tree_full") != 0)
        {
            add("NO MEMORY FOR ZNODES: creates and longer data are refused (treeMemoryLimitInMb)");
        }
        if (now.vital(Vital.FILES_MISSING) != 0)
        {
            add("FILES ARE GONE: what this server writes is lost when it ends, its log names them");
        }
    }

    private static String upTime(final Sample now)
    {
        final Duration up = Duration.ofNanos(now.sinceStartNs());

        return (up.toDays() > 0 ? up.toDays() + " d " : "") + String.format(Locale.ROOT, "%d:%02d:%02d",
            up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
    }

    private void load(final Interval interval)
    {
        final Sample now = interval.now();
        add("sessions %,d  connections %,d  watches %,d  znodes %,d  ephemerals %,d", now.figure("sessions"),
            now.figure("connections"), now.figure("watches"), now.figure("znodes"), now.figure("ephemerals"));
        add("outstanding %,d  parked %,d  in %,.2f MB/s  out %,.2f MB/s", now.figure("outstanding_requests"),
            now.figure("parked_requests"), interval.rate("bytes_received") / BYTES_PER_MB, interval.rate("bytes_sent") /
                BYTES_PER_MB);
        add("packets/s in %,.0f  out %,.0f  writes/s %,.0f  forces/s %,.1f", interval.rate("packets_received"),
            interval.rate("packets_sent"), interval.rate("commits"), interval.rate("forces"));
    }

    private void durations(final Interval interval)
    {
        add("%-22s %11s %9s %9s %9s %9s us", interval.isSinceStart() ? "since start" : "now", "count", "p50",
            "p99", "p99.9", "max");
        for (final Map.Entry<String, long[]> entry : interval.now().rows().entrySet())
        {
            final String name = entry.getKey();
            final boolean isAlways = !name.startsWith(LatencyRows.OPERATION);
            final long[] row = interval.row(name);
            final long count = LatencyBuckets.count(row);
            if (isAlways || count > 0)
            {
                add("%-22s %,11d %9s %9s %9s %9s", name, count, micros(row, 50), micros(row, 99), micros(row,
                    99.9), micros(row, 100));
            }
        }
    }

    private static String micros(final long[] row, final double percent)
    {
        return LatencyBuckets.count(row) == 0 ? "-" :
            String.format(Locale.ROOT, "%,.1f", LatencyBuckets.percentileNs(row, percent) / NS_PER_US);
    }

    private void memory(final Sample now, final int width)
    {
        final StringBuilder line = new StringBuilder("memory in MB:");
        for (final MemoryTag tag : MemoryTag.values())
        {
            final String name = tag.name().toLowerCase(Locale.ROOT);
            final double mb = now.figure(MEMORY + name) / BYTES_PER_MB;
            final String word = mb >= 0.05 ? String.format(Locale.ROOT, "  %s %.1f", name, mb) : "";
            if (line.length() + word.length() > width)
            {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString());
    }

    private void add(final String format, final Object... values)
    {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
