/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.INFO;
import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Checks settings: first each line against the list of known keys, then what must hold between them. */
final class SettingsCheck
{
    private static final String SERVER_LINE = "server.";
    /** Begins a comment in other formats. */
    private static final String COMMENT = " #";

    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();

    private SettingsCheck(final Settings settings)
    {
        this.settings = settings;
    }

    static List<Finding> findings(final Settings settings, final Collection<CfgLine> lines)
    {
        final SettingsCheck check = new SettingsCheck(settings);
        for (final CfgLine line : lines)
        {
            check.judge(line);
        }

        check.findings.addAll(MembershipCheck.ofLines(settings));
        if (check.findings.stream().noneMatch(finding -> finding.severity() == REFUSE))
        {
            check.judgeTogether();
        }

        return check.findings;
    }

    private void judge(final CfgLine line)
    {
        final KnownKey known = KnownKeys.of(line.key());
        if (known == null && isMeantAsServer(line))
        {
            // Without this line it would be another ensemble, or a server alone.
            find(REFUSE, line, line.key() + " names no server; write " + SERVER_LINE + "N=" + ServerLine.SYNTAX +
                " with the number N that is in the myid of that server");
            return;
        }

        if (known == null)
        {
            find(WARN, line, "unknown key " + line.key() + nearest(line.key()));
            return;
        }

        final String value = line.value();
        final boolean isDefault = value.equalsIgnoreCase(known.defaultValue());
        if (!known.accepts(value))
        {
            find(REFUSE, line, line.key() + "=" + shown(known, value) + (value.isEmpty() ? " is empty; it must be " :
                " is not ") + known.expectation() +
                (value.contains("#") ? "; a comment needs a line of its own" :
                    example(known, line.key())));
        }
        else if (known.reaction() == Reaction.UNSAFE_TO_IGNORE && !isDefault)
        {
            find(REFUSE, line, line.key() + "=" + shown(known, value) + " asks for " + known.meaning() +
                ", which this version does not have; without it the server would run unprotected or with another" +
                " quorum than you mean. Remove the line to start all the same");
        }
        else if (known.reaction() == Reaction.NOT_AVAILABLE && !isDefault)
        {
            find(WARN, line, line.key() + " has no effect, not available yet: " + known.meaning());
        }
        else if (known.reaction() == Reaction.NOT_NEEDED)
        {
            find(INFO, line, line.key() + " is not needed here: " + known.meaning());
        }
    }

    /** Whether an unknown key begins as one of a server line, or is similar to one and has the value of one. */
    private static boolean isMeantAsServer(final CfgLine line)
    {
        return line.key().toLowerCase(Locale.ROOT).startsWith(SERVER_LINE) ||
            (ServerLine.parse(0, line.value()) != null && NearestKey.of(line.key()).filter(ServerProperty.SERVERS
                .key()::equals).isPresent());
    }

    private static String shown(final KnownKey known, final String value)
    {
        return known.isSecret() ? "***" : value;
    }

    private static String example(final KnownKey known, final String key)
    {
        final String value = known.defaultValue();
        return value == null || value.isEmpty() ? "" : "; write for example " + key + "=" + value;
    }

    private static String nearest(final String key)
    {
        final boolean isPrefixed = key.startsWith(ServerProperty.PREFIX);
        final String plain = isPrefixed ? key.substring(ServerProperty.PREFIX.length()) : key;
        if (isPrefixed && KnownKeys.of(plain) != null)
        {
            return "; in a configuration file it is written without \"" + ServerProperty.PREFIX + "\": " + plain;
        }

        return NearestKey.of(plain).map(known -> "; the nearest known key is " + known)
            .orElse("; caracal config --explain lists all");
    }

    private void judgeTogether()
    {
        judgeTicks();
        judgePaths();
        findings.addAll(MembershipCheck.ofAll(settings));
        findings.addAll(AccessCheck.findings(settings));
        findings.addAll(OutlookCheck.findings(settings));
        judgeNeeds();
        judgeRaised(ServerProperty.PURGE_RETAIN, 3, "fewer than 3 snapshots are not kept: 3 it is");
        judgeRaised(ServerProperty.SNAP_COUNT, 2, "a snapshot after fewer than 2 transactions is not taken: 2 it is");
    }

    /** Warns of a value below the least, which takes its place. */
    private void judgeRaised(final ServerProperty property, final int least, final String advice)
    {
        if (settings.isSet(property) && settings.integer(property) < least)
        {
            find(WARN, settings.line(property), advice);
        }
    }

    private void judgeTicks()
    {
        for (final ServerProperty property : List.of(ServerProperty.MIN_SESSION_TIMEOUT,
            ServerProperty.MAX_SESSION_TIMEOUT))
        {
            if (settings.integer(property) == 0)
            {
                find(REFUSE, settings.line(property), property.key() +
                    "=0 lets no session live; write milliseconds or -1");
                return;
            }
        }

        final int min = settings.minSessionTimeoutMs();
        final int max = settings.maxSessionTimeoutMs();
        if (min > max)
        {
            final CfgLine culprit = settings.isSet(ServerProperty.MIN_SESSION_TIMEOUT) ?
                settings.line(ServerProperty.MIN_SESSION_TIMEOUT) : settings.line(ServerProperty.MAX_SESSION_TIMEOUT);
            find(REFUSE, culprit, "minSessionTimeout " + min + " ms is longer than maxSessionTimeout " + max +
                " ms; raise maxSessionTimeout or lower minSessionTimeout");
        }
    }

    private void judgePaths()
    {
        for (final ServerProperty property : List.of(ServerProperty.DATA_DIR, ServerProperty.DATA_LOG_DIR))
        {
            if (settings.isSet(property) && settings.text(property).contains(COMMENT))
            {
                find(WARN, settings.line(property), property.key() + "=" + settings.text(property) +
                    ": the comment is part of the path; write it into a line of its own");
            }

            try
            {
                if (settings.isSet(property) && !Path.of(settings.text(property)).isAbsolute())
                {
                    find(WARN, settings.line(property), property.key() + " is relative to the working directory: " +
                        Path.of(settings.text(property)).toAbsolutePath() + (settings.text(property).startsWith("\"") ?
                            "; the quotes are part of it, leave them out" : "; better write an absolute path"));
                }
            }
            catch (final InvalidPathException ex)
            {
                find(REFUSE, settings.line(property), property.key() + " is not a path: " + ex.getMessage());
            }
        }
    }

    /**
     * Reports keys that have no effect because another key is missing. An operator who has switched that other key off
     * knows, so this is only information. One who has not set it may expect an effect, so this is a warning.
     */
    private void judgeNeeds()
    {
        for (final CfgLine line : settings.lines().values())
        {
            final ServerProperty property = KnownKeys.property(line.key());
            if (property != null && !line.value().equalsIgnoreCase(property.defaultValue()))
            {
                KeyNeed.unmet(property, settings).forEach(need -> find(settings.isSet(need.other()) ? INFO : WARN, line,
                    line.key() + " has no effect: it needs " + need.text()));
            }
        }
    }

    private void find(final Finding.Severity severity, final CfgLine line, final String message)
    {
        findings.add(new Finding(severity, line.where(), message));
    }
}
