/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The effect of reading the configuration again on a running server. Each key that is set before or after is in one of
 * three lists. Values of secrets are not shown.
 *
 * @param takenOver    changes that took effect.
 * @param needsRestart changes that did not; the server goes on with the old value.
 * @param unchanged    keys, without values.
 */
public record Reload(List<Change> takenOver, List<Change> needsRestart, List<String> unchanged)
{
    private static final Set<Reaction> WITHOUT_EFFECT = Set.of(Reaction.NOT_NEEDED, Reaction.NOT_AVAILABLE);

    /**
     * One key whose value differs.
     *
     * @param key  as written in the file.
     * @param from the value in force, or the default; null when there was none.
     * @param to   the new value, or the default; null when there is none.
     */
    public record Change(String key, String from, String to)
    {
        @Override
        public String toString()
        {
            return key + " " + (from == null ? "(not set)" : from) + " -> " + (to == null ? "(not set)" : to);
        }
    }

    /** Copies the lists. */
    public Reload
    {
        takenOver = List.copyOf(takenOver);
        needsRestart = List.copyOf(needsRestart);
        unchanged = List.copyOf(unchanged);
    }

    /**
     * Compares two readings of the configuration.
     *
     * @param running values in force.
     * @param fresh   values that were read now.
     * @return what becomes of each key.
     */
    public static Reload between(final Settings running, final Settings fresh)
    {
        final List<Change> takenOver = new ArrayList<>();
        final List<Change> needsRestart = new ArrayList<>();
        final List<String> unchanged = new ArrayList<>();
        final Map<String, CfgLine> before = running.lines();
        final Map<String, CfgLine> after = fresh.lines();
        final Map<String, CfgLine> inForce = running.takingOver(fresh).lines();
        final Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (final String key : keys)
        {
            final KnownKey known = KnownKeys.of(key);
            final String from = value(known, before.get(key));
            final String to = value(known, after.get(key));
            if (Objects.equals(from, to) || known == null || WITHOUT_EFFECT.contains(known.reaction()))
            {
                unchanged.add(key);
            }
            else
            {
                final Change change = known.isSecret() ? new Change(key, "***", "***") : new Change(key, from, to);
                (Objects.equals(to, value(known, inForce.get(key))) ? takenOver : needsRestart).add(change);
            }
        }

        return new Reload(takenOver, needsRestart, unchanged);
    }

    /**
     * Summarizes what became of the keys, in one line.
     *
     * @return for example {@code 1 key taken over, 2 need a restart, unchanged: dataDir}.
     */
    public String summary()
    {
        return counted(takenOver.size(), "key taken over", "keys taken over") + ", " + counted(needsRestart.size(),
            "needs a restart", "need a restart") + ", unchanged: " +
            (unchanged.isEmpty() ? "none" :
                Printable.of(String.join(", ", unchanged)));
    }

    private static String counted(final int count, final String one, final String several)
    {
        return count + " " + (count == 1 ? one : several);
    }

    private static String value(final KnownKey known, final CfgLine line)
    {
        return line != null ? line.value() : known == null ? null : known.defaultValue();
    }
}
